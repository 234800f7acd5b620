#pragma once
// The commands of the program; each has a file of its own. `argc` and `argv` start at the command's name. They give the
// exit status.

namespace stepglass::cli {

inline constexpr int kSuccess = 0;
inline constexpr int kFindings = 1;  // a failed execution
inline constexpr int kWrongUse = 2;  // options, files, a definition that cannot run
inline constexpr int kOurFault = 3;  // a bug, or no memory

int run_command(int argc, char** argv);
int state_command(int argc, char** argv);
int eval_command(int argc, char** argv);
int functions_command(int argc, char** argv);
int batch_command(int argc, char** argv);
int lint_command(int argc, char** argv);
int fmt_command(int argc, char** argv);
int rules_command(int argc, char** argv);
int explain_command(int argc, char** argv);
int schema_command(int argc, char** argv);
int graph_command(int argc, char** argv);
int embed_command(int argc, char** argv);
int list_command(int argc, char** argv);
int cost_command(int argc, char** argv);
int diff_command(int argc, char** argv);
int serve_command(int argc, char** argv);

}  // namespace stepglass::cli
