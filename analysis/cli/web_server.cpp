#include "analysis/cli/web_server.h"

#include <fmt/core.h>

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace stepglass::cli {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

constexpr std::size_t kMaxHeaderBytes = 16 * 1024;
/// Nothing that is served takes a body; one that is small is read so that it can be refused.
constexpr std::size_t kMaxBodyBytes = 1024;
constexpr auto kIdle = std::chrono::seconds(30);
/// Before a connection is taken again after one could not be.
constexpr auto kPause = std::chrono::milliseconds(100);
/// As strict as the page's own, which a page that is served cannot be without.
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types stepglass lit-html";

/// "localhost:8080" of this port, by any name of this machine. Browsers leave out port 80.
bool is_own_name(std::string_view host, unsigned short port) {
  const std::string suffix = fmt::format(":{}", port);
  if (host.ends_with(suffix)) {
    host.remove_suffix(suffix.size());
  } else if (port != 80) {
    return false;
  }
  return host == "localhost" || host == "127.0.0.1";
}

/// One connection; it keeps itself alive while something is under way.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, const ServedFiles& files, unsigned short port)
      : stream_(std::move(socket)), files_(files), port_(port) {}

  void read() {
    parser_.emplace();
    parser_->header_limit(kMaxHeaderBytes);
    parser_->body_limit(kMaxBodyBytes);
    stream_.expires_after(kIdle);
    http::async_read(stream_, buffer_, *parser_, [self = shared_from_this()](beast::error_code fault, std::size_t) {
      if (!fault) self->answer(self->parser_->release());
    });
  }

 private:
  void answer(http::request<http::string_body> request) {
    response_ = {};
    response_.version(request.version());
    response_.keep_alive(request.keep_alive());
    const std::string_view target(request.target().data(), request.target().size());
    const std::string_view host(request[http::field::host].data(), request[http::field::host].size());
    const std::string path(target.substr(0, target.find('?')));
    const auto found = files_.find(path);
    std::string_view content;
    const bool reads = request.method() == http::verb::get || request.method() == http::verb::head;
    // A name that somebody else's server has pointed here is none of ours.
    if (!is_own_name(host, port_)) {
      response_.result(http::status::misdirected_request);
    } else if (!reads) {
      response_.result(http::status::method_not_allowed);
      response_.set(http::field::allow, "GET, HEAD");
    } else if (found == files_.end()) {
      response_.result(http::status::not_found);
    } else {
      response_.set(http::field::content_type, found->second.type);
      response_.set("Content-Security-Policy", boost::string_view(kPolicy.data(), kPolicy.size()));
      response_.set("X-Content-Type-Options", "nosniff");
      response_.set(http::field::cache_control, "no-cache");
      content = found->second.content;
    }
    // The body is the file itself, not a copy; the head alone tells its length, too.
    if (request.method() != http::verb::head) response_.body() = {content.data(), content.size()};
    response_.content_length(content.size());
    http::async_write(stream_, response_,
                      [self = shared_from_this(), keep = request.keep_alive()](beast::error_code fault, std::size_t) {
                        if (!fault && keep) return self->read();
                        beast::error_code ignored;
                        self->stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
                      });
  }

  beast::tcp_stream stream_;
  const ServedFiles& files_;
  unsigned short port_;
  beast::flat_buffer buffer_{kMaxHeaderBytes + kMaxBodyBytes};
  std::optional<http::request_parser<http::string_body>> parser_;
  http::response<http::span_body<const char>> response_;
};

void accept(tcp::acceptor& acceptor, const ServedFiles& files, unsigned short port) {
  acceptor.async_accept([&, port](beast::error_code fault, tcp::socket socket) {
    if (fault == asio::error::operation_aborted) return;
    if (!fault) {
      std::make_shared<Connection>(std::move(socket), files, port)->read();
      accept(acceptor, files, port);
      return;
    }
    // There are no files left to open: a connection has to end before another can be taken.
    const auto pause = std::make_shared<asio::steady_timer>(acceptor.get_executor(), kPause);
    pause->async_wait([&, port, pause](beast::error_code) { accept(acceptor, files, port); });
  });
}

}  // namespace

std::string serve_files(const ServedFiles& files, unsigned short port,
                        const std::function<void(unsigned short)>& started) {
  asio::io_context context(1);
  tcp::acceptor acceptor(context);
  const tcp::endpoint endpoint(asio::ip::address_v4::loopback(), port);
  beast::error_code fault;
  acceptor.open(endpoint.protocol(), fault);
  if (!fault) acceptor.set_option(asio::socket_base::reuse_address(true), fault);
  if (!fault) acceptor.bind(endpoint, fault);
  if (!fault) acceptor.listen(asio::socket_base::max_listen_connections, fault);
  if (fault) return fault.message();
  const unsigned short own_port = acceptor.local_endpoint().port();
  asio::signal_set signals(context, SIGINT, SIGTERM);
  signals.async_wait([&](beast::error_code, int) { context.stop(); });
  accept(acceptor, files, own_port);
  started(own_port);
  context.run();
  return {};
}

}  // namespace stepglass::cli
