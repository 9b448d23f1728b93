#include "cli/graph_formats.h"

#include <fmt/core.h>

#include <memory>
#include <ostream>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/line_index.h"
#include "base/source.h"
#include "report/json_writer.h"
#include "report/shown_text.h"
#include "yaml/place.h"

namespace tidewaiter::cli {
namespace {

using report::shown_text;

bool is_resource(const GraphObject& object) {
  return object.resource != GraphObject::kNoResource;
}

/// "Kind namespace/name".
std::string title(const GraphObject& object) {
  std::string text = shown_text(object.kind) + ' ';
  if (!object.namespace_.empty()) text += shown_text(object.namespace_) + '/';
  return text + shown_text(object.name);
}

std::string quoted_list(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) {
    list += fmt::format("{}'{}'", list.empty() ? "" : ", ", shown_text(text));
  }
  return list;
}

/// A word for what is not simply there; empty for what is.
std::string_view remark(GraphState state) {
  switch (state) {
    case GraphState::kFound:
    case GraphState::kMade: return {};
    case GraphState::kOptional: return "not in scope, optional";
    case GraphState::kOutside: return "not in scope";
    case GraphState::kDangling: return "DANGLING";
  }
  return {};
}

/// Lines of resources, each file's text looked at once.
class Lines {
 public:
  explicit Lines(const k8s::Scope& scope) : scope_(scope) {}

  const k8s::Resource& resource(const GraphObject& object) const {
    return *scope_.all()[object.resource];
  }
  std::uint32_t of(const GraphObject& object) {
    const k8s::Resource& r = resource(object);
    auto& index = indexes_[r.source];
    if (!index) index = std::make_unique<const LineIndex>(r.source->text());
    return index->at(yaml::place_of(*r.object).begin).line;
  }

 private:
  const k8s::Scope& scope_;
  std::unordered_map<const Source*, std::unique_ptr<const LineIndex>> indexes_;
};

std::string count_of(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

void write_text_edge(const GraphModel& graph, const GraphEdge& edge, std::ostream& out) {
  out << "  " << edge.verb << ' ' << title(graph.objects[edge.to]);
  if (!edge.keys.empty()) {
    const std::string_view noun = edge.relation == "backend" ? "port" : "key";
    out << " (" << noun << (edge.keys.size() > 1 ? "s " : " ") << quoted_list(edge.keys) << ')';
  }
  if (edge.state == GraphState::kMade && edge.relation != "creates") out << ", which is made";
  if (const auto text = remark(edge.state); !text.empty()) out << ": " << text;
  if (!edge.missing_keys.empty()) {
    out << ": NO KEY " << quoted_list(edge.missing_keys);
  }
  out << '\n';
}

void write_text(const GraphModel& graph, std::ostream& out) {
  Lines lines(*graph.scope);
  out << "scope " << report::shown_path(graph.name)
      << (graph.scope->is_open() ? ", not all of which was read\n" : "\n");
  std::uint32_t last = GraphObject::kNoResource;
  auto crowd = graph.crowds.begin();
  const auto end_crowd = [&](std::uint32_t from) {
    for (; crowd != graph.crowds.end() && crowd->from == from; ++crowd) {
      out << "  selects " << crowd->more << " more\n";
    }
  };
  for (const GraphEdge& edge : graph.edges) {
    if (edge.from != last) {
      end_crowd(last);
      const GraphObject& from = graph.objects[edge.from];
      out << '\n' << title(from);
      if (is_resource(from)) {
        out << "  " << report::shown_path(lines.resource(from).source->name()->shown) << ':'
            << lines.of(from);
      }
      out << '\n';
    }
    last = edge.from;
    write_text_edge(graph, edge, out);
  }
  end_crowd(last);
  out << '\n'
      << count_of(graph.scope->all().size(), "resource") << ", "
      << count_of(graph.edges.size(), "edge") << ", " << graph.count(GraphState::kDangling)
      << " dangling, " << count_of(graph.missing_keys(), "missing key") << ", "
      << graph.count(GraphState::kOutside) << " not in scope.\n";
}

/// The text of a string in dot.
std::string dot_text(std::string_view text) {
  std::string escaped;
  for (const char c : shown_text(text)) {
    if (c == '"' || c == '\\') escaped += '\\';
    escaped += c;
    if (c == '&') escaped += "amp;";  // else an entity of HTML begins
  }
  return escaped;
}

/// The label of an object: its kind above its name.
template <class Escape>
std::string label(const GraphObject& object, std::string_view line_break,
                  const Escape& escape) {
  std::string text = escape(object.kind);
  text += line_break;
  if (!object.namespace_.empty()) text += escape(std::string(object.namespace_) + '/');
  return text + escape(object.name);
}

template <class Escape>
std::string edge_label(const GraphEdge& edge, std::string_view line_break,
                       const Escape& escape) {
  std::string text(edge.verb);
  for (const std::string& key : edge.keys) text += std::string(line_break) + escape(key);
  if (edge.state == GraphState::kDangling) text += std::string(line_break) + "DANGLING";
  for (const std::string& key : edge.missing_keys) {
    text += std::string(line_break) + "NO KEY " + escape(key);
  }
  return text;
}

/// Whether an object has anything to do with another; the rest would only blur a picture.
std::vector<bool> connected(const GraphModel& graph) {
  std::vector<bool> is_connected(graph.objects.size());
  for (const GraphEdge& edge : graph.edges) {
    is_connected[edge.from] = is_connected[edge.to] = true;
  }
  return is_connected;
}

std::vector<bool> dangling(const GraphModel& graph) {
  std::vector<bool> is_dangling(graph.objects.size());
  for (const GraphEdge& edge : graph.edges) {
    if (edge.state == GraphState::kDangling) is_dangling[edge.to] = true;
  }
  return is_dangling;
}

void write_dot(std::span<const GraphModel> graphs, std::ostream& out) {
  out << "digraph references {\n  rankdir=LR;\n  node [shape=box];\n";
  std::size_t number = 0;
  for (const GraphModel& graph : graphs) {
    out << fmt::format("  subgraph cluster_{} {{\n    label=\"{}\";\n", number,
                       dot_text(graph.name));
    const auto is_connected = connected(graph);
    const auto is_dangling = dangling(graph);
    for (std::size_t i = 0; i < graph.objects.size(); ++i) {
      if (!is_connected[i]) continue;
      const std::string_view style = is_dangling[i] ? ", style=dashed, color=red"
                                     : is_resource(graph.objects[i]) ? ""
                                                                     : ", style=dashed";
      out << fmt::format("    n{}_{} [label=\"{}\"{}];\n", number, i,
                         label(graph.objects[i], "\\n", dot_text), style);
    }
    for (const GraphEdge& edge : graph.edges) {
      const bool is_wrong = edge.state == GraphState::kDangling || !edge.missing_keys.empty();
      out << fmt::format("    n{0}_{1} -> n{0}_{2} [label=\"{3}\"{4}];\n", number, edge.from,
                         edge.to, edge_label(edge, "\\n", dot_text),
                         is_wrong ? ", color=red" : "");
    }
    out << "  }\n";
    ++number;
  }
  out << "}\n";
}

/// The text of a quoted label in mermaid, which obeys HTML and its own entities there.
std::string mermaid_text(std::string_view text) {
  std::string escaped;
  for (const char c : shown_text(text)) {
    const std::string_view special = "\"#&<>`;\\";
    if (special.find(c) == std::string_view::npos) {
      escaped += c;
    } else {
      escaped += fmt::format("#{};", static_cast<int>(c));
    }
  }
  return escaped;
}

void write_mermaid(std::span<const GraphModel> graphs, std::ostream& out) {
  out << "flowchart LR\n";
  std::size_t number = 0;
  for (const GraphModel& graph : graphs) {
    out << fmt::format("  subgraph s{}[\"{}\"]\n", number, mermaid_text(graph.name));
    const auto is_connected = connected(graph);
    const auto is_dangling = dangling(graph);
    for (std::size_t i = 0; i < graph.objects.size(); ++i) {
      if (!is_connected[i]) continue;
      out << fmt::format("    n{}_{}[\"{}\"]{}\n", number, i,
                         label(graph.objects[i], "<br/>", mermaid_text),
                         is_dangling[i] ? ":::dangling" : "");
    }
    for (const GraphEdge& edge : graph.edges) {
      const bool is_there = edge.state == GraphState::kFound || edge.state == GraphState::kMade;
      out << fmt::format("    n{0}_{1} {2}|\"{3}\"| n{0}_{4}\n", number, edge.from,
                         is_there ? "-->" : "-.->", edge_label(edge, "<br/>", mermaid_text),
                         edge.to);
    }
    out << "  end\n";
    ++number;
  }
  out << "  classDef dangling stroke:red,stroke-dasharray:5 5\n";
}

void write_json_texts(report::JsonWriter& json, std::string_view name,
                      const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  json.begin_array(name);
  for (const std::string& text : texts) json.string(text);
  json.end_array();
}

void write_json_object(report::JsonWriter& json, std::size_t number, const GraphObject& object,
                       Lines& lines) {
  json.begin_object();
  json.member_unsigned("id", number);
  json.member("group", object.group);
  json.member("kind", object.kind);
  json.member("namespace", object.namespace_);
  json.member("name", object.name);
  if (is_resource(object)) {
    json.member("file", lines.resource(object).source->name()->shown);
    json.member_unsigned("line", lines.of(object));
  }
  json.end_object();
}

void write_json(std::span<const GraphModel> graphs, std::ostream& out) {
  report::JsonWriter json(out, /*line_levels=*/4);
  json.begin_object();
  json.begin_array("scopes");
  for (const GraphModel& graph : graphs) {
    Lines lines(*graph.scope);
    json.begin_object();
    json.member("scope", graph.name);
    if (graph.scope->is_open()) json.member_boolean("open", true);
    json.begin_array("objects");
    for (std::size_t i = 0; i < graph.objects.size(); ++i) {
      write_json_object(json, i, graph.objects[i], lines);
    }
    json.end_array();
    json.begin_array("edges");
    for (const GraphEdge& edge : graph.edges) {
      json.begin_object();
      json.member_unsigned("from", edge.from);
      json.member_unsigned("to", edge.to);
      json.member("relation", edge.relation);
      json.member("state", name_of(edge.state));
      write_json_texts(json, "keys", edge.keys);
      write_json_texts(json, "missingKeys", edge.missing_keys);
      json.end_object();
    }
    json.end_array();
    json.begin_array("selectsMore");
    for (const GraphModel::Crowd& crowd : graph.crowds) {
      json.begin_object();
      json.member_unsigned("from", crowd.from);
      json.member_unsigned("more", crowd.more);
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace

void write_graphs(std::span<const GraphModel> graphs, GraphFormat format, std::ostream& out) {
  switch (format) {
    case GraphFormat::kText:
      for (const GraphModel& graph : graphs) {
        if (&graph != graphs.data()) out << '\n';
        write_text(graph, out);
      }
      return;
    case GraphFormat::kDot: return write_dot(graphs, out);
    case GraphFormat::kMermaid: return write_mermaid(graphs, out);
    case GraphFormat::kJson: return write_json(graphs, out);
  }
}

}  // namespace tidewaiter::cli
