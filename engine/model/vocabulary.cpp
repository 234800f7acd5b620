#include "engine/model/vocabulary.h"

#include "engine/model/integrations.h"
#include "engine/model/loader.h"

namespace stepglass {

std::vector<std::string_view> field_names(ObjectKind kind, QueryLanguage language, std::string_view state_type) {
  const bool is_jsonata = language == QueryLanguage::JSONata;
  switch (kind) {
    case ObjectKind::Machine:
      return loading::machine_field_names(is_jsonata);
    case ObjectKind::Branch:
      return loading::scope_field_names(false, is_jsonata);
    case ObjectKind::Processor:
      return loading::scope_field_names(true, is_jsonata);
    case ObjectKind::ProcessorConfig:
      return loading::processor_config_field_names(is_jsonata);
    case ObjectKind::State: {
      const auto types = state_type_names();
      for (std::size_t i = 0; i < types.size(); ++i) {
        if (types[i] == state_type) return loading::state_field_names(static_cast<std::uint16_t>(1u << i), is_jsonata);
      }
      return loading::state_field_names(loading::kAnyKind, is_jsonata);
    }
    case ObjectKind::Retrier:
      return loading::retrier_field_names(is_jsonata);
    case ObjectKind::Catcher:
      return loading::catcher_field_names(is_jsonata);
    case ObjectKind::ChoiceRule:
      return loading::choice_rule_field_names(true, is_jsonata);
    case ObjectKind::InnerChoiceRule:
      return loading::choice_rule_field_names(false, is_jsonata);
    case ObjectKind::ItemReader:
      return loading::item_reader_field_names(is_jsonata);
    case ObjectKind::ReaderConfig:
      return loading::reader_config_field_names(is_jsonata);
    case ObjectKind::ItemBatcher:
      return loading::item_batcher_field_names(is_jsonata);
    case ObjectKind::ResultWriter:
      return loading::result_writer_field_names(is_jsonata);
    case ObjectKind::WriterConfig:
      return loading::writer_config_field_names(is_jsonata);
  }
  return {};
}

std::span<const std::string_view> state_type_names() {
  return loading::kind_words();
}

std::span<const std::string_view> predefined_error_names() {
  return loading::error_names();
}

std::vector<std::string> integration_resources() {
  return loading::resources_of_integrations();
}

}  // namespace stepglass
