#include "cel/type_solver.h"

#include <charconv>

namespace tidewaiter::cel {

namespace {

bool is_nullable(const Type& type) {
  switch (type.kind()) {
    case TypeKind::kNull:
    case TypeKind::kDuration:
    case TypeKind::kTimestamp:
    case TypeKind::kOptional:
    case TypeKind::kOpaque:
    case TypeKind::kObject: return true;
    default: return false;
  }
}

bool is_unknown(const Type& type) {
  return type.kind() == TypeKind::kParam;
}

}  // namespace

Type TypeSolver::unknown() {
  bindings_.emplace_back();
  return Type(TypeKind::kParam, std::to_string(bindings_.size() - 1));
}

Type TypeSolver::instantiate(const Type& type, Renaming& renaming) {
  if (is_unknown(type)) {
    const auto found = renaming.find(type.name());
    if (found != renaming.end()) return found->second;
    return renaming.emplace(type.name(), unknown()).first->second;
  }
  if (type.params().empty()) return type;
  std::vector<Type> params;
  params.reserve(type.params().size());
  for (const Type& param : type.params()) params.push_back(instantiate(param, renaming));
  return Type(type.kind(), type.name(), std::move(params));
}

bool TypeSolver::assign(std::span<const Type> from, std::span<const Type> to) {
  undo_.clear();
  bool all = true;
  for (std::size_t i = 0; all && i < from.size(); ++i) all = fits(from[i], to[i]);
  if (!all) {
    for (; !undo_.empty(); undo_.pop_back()) {
      bindings_[undo_.back().first] = std::move(undo_.back().second);
    }
  }
  return all;
}

Type TypeSolver::join(const Type& a, const Type& b) {
  if (!assign(a, b)) return Type();
  return wider(a, b);
}

Type TypeSolver::outer(const Type& type) {
  const Type found = representative(type);
  const Type* bound = is_unknown(found) ? binding(found) : nullptr;
  return bound != nullptr ? *bound : found;
}

Type TypeSolver::known(const Type& type) {
  return filled(type, true);
}

Type TypeSolver::bound(const Type& type) {
  return filled(type, false);
}

Type TypeSolver::filled(const Type& type, bool unknowns_are_dyn) {
  if (++steps_ > kMaxSteps) return Type();
  const Type found = outer(type);
  if (is_unknown(found)) return unknowns_are_dyn ? Type() : found;
  if (found.params().empty()) return found;
  std::vector<Type> params;
  params.reserve(found.params().size());
  for (const Type& param : found.params()) params.push_back(filled(param, unknowns_are_dyn));
  return Type(found.kind(), found.name(), std::move(params));
}

bool TypeSolver::fits(const Type& from, const Type& to) {
  if (++steps_ > kMaxSteps) return false;
  const Type a = representative(from);
  const Type b = representative(to);
  if (is_unknown(b)) return fits_unknown(a, b);
  if (is_unknown(a)) return fits_unknown(b, a);
  if (a.kind() == TypeKind::kDyn || b.kind() == TypeKind::kDyn) return true;
  if (a.kind() == TypeKind::kNull) return is_nullable(b);
  if (b.kind() == TypeKind::kNull) return is_nullable(a);
  if (a.kind() != b.kind()) return false;
  // A type is a type: what it is the type of does not matter.
  if (a.kind() == TypeKind::kType) return true;
  if (a.name() != b.name() || a.params().size() != b.params().size()) return false;
  for (std::size_t i = 0; i < a.params().size(); ++i) {
    if (!fits(a.params()[i], b.params()[i])) return false;
  }
  return true;
}

/// `other` and `unknown` are representatives.
bool TypeSolver::fits_unknown(const Type& other, const Type& unknown) {
  if (is_unknown(other) && index(other) == index(unknown)) return true;
  const Type* const bound = binding(unknown);
  if (bound == nullptr) {
    // Of two that are free the younger follows, which keeps chains short.
    const bool other_is_free = is_unknown(other) && binding(other) == nullptr;
    if (other_is_free && index(other) > index(unknown)) {
      bind(other, unknown);
      return true;
    }
    if (occurs(unknown, other)) return false;
    bind(unknown, other);
    return true;
  }
  const Type is = *bound;
  if (is_unknown(other)) {
    const Type* const other_bound = binding(other);
    if (other_bound == nullptr) return fits_unknown(unknown, other);
    const Type other_is = *other_bound;
    if (!fits(other_is, is) || occurs(other, is) || occurs(unknown, other_is)) return false;
    const bool other_is_older = index(other) < index(unknown);
    const Type& kept = other_is_older ? other : unknown;
    bind(kept, wider(other_is, is));
    bind(other_is_older ? unknown : other, kept);
    return true;
  }
  if (!fits(other, is)) return false;
  if (const Type both = wider(other, is); !occurs(unknown, both)) bind(unknown, both);
  return true;
}

bool TypeSolver::occurs(const Type& unknown, const Type& within) {
  if (++steps_ > kMaxSteps) return true;
  const Type found = representative(within);
  if (is_unknown(found)) {
    if (index(found) == index(unknown)) return true;
    const Type* const bound = binding(found);
    return bound != nullptr && occurs(unknown, Type(*bound));
  }
  for (const Type& param : found.params()) {
    if (occurs(unknown, param)) return true;
  }
  return false;
}

/// Of two types that fit each other, the one that takes the values of both.
Type TypeSolver::wider(const Type& a, const Type& b) {
  return less_specific(a, b) ? a : b;
}

/// Whether `a` takes every value that `b` takes, and no unknown of `b` is one that `a` knows.
bool TypeSolver::less_specific(const Type& a, const Type& b) {
  if (++steps_ > kMaxSteps) return true;
  if (a.kind() == TypeKind::kDyn || is_unknown(a)) return true;
  if (b.kind() == TypeKind::kDyn || is_unknown(b) || a.kind() != b.kind()) return false;
  if (a.kind() == TypeKind::kType) return true;
  if (a.name() != b.name() || a.params().size() != b.params().size()) return false;
  for (std::size_t i = 0; i < a.params().size(); ++i) {
    if (!less_specific(a.params()[i], b.params()[i])) return false;
  }
  return true;
}

/// The last of a chain of unknowns bound to unknowns, or `type` itself.
Type TypeSolver::representative(Type type) {
  while (is_unknown(type)) {
    const Type* const bound = binding(type);
    if (bound == nullptr || !is_unknown(*bound) || ++steps_ > kMaxSteps) break;
    type = *bound;
  }
  return type;
}

const Type* TypeSolver::binding(const Type& unknown) const {
  const Binding& found = bindings_[index(unknown)];
  return found.bound ? &found.type : nullptr;
}

void TypeSolver::bind(const Type& unknown, Type type) {
  Binding& place = bindings_[index(unknown)];
  undo_.emplace_back(index(unknown), place);
  place = {true, std::move(type)};
}

std::size_t TypeSolver::index(const Type& unknown) {
  const std::string& digits = unknown.name();
  std::size_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

}  // namespace tidewaiter::cel
