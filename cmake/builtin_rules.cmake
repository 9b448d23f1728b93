# Builds rules/*/*.yaml into constant tables: the library tidewaiter_builtin. A new rule is a new
# file there and nothing else.
file(GLOB TIDEWAITER_RULE_FILES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/rules/*/*.yaml)
add_executable(embed_rules ${CMAKE_SOURCE_DIR}/tools/embed_rules.cc)
target_link_libraries(embed_rules PRIVATE tidewaiter_rules fmt::fmt)
tidewaiter_compile_options(embed_rules)

set(builtin_rules ${CMAKE_BINARY_DIR}/generated/builtin_rules.cc)
add_custom_command(OUTPUT ${builtin_rules}
  COMMAND embed_rules ${builtin_rules} ${TIDEWAITER_RULE_FILES}
  DEPENDS embed_rules ${TIDEWAITER_RULE_FILES}
  COMMENT "Embedding the rules" VERBATIM)
add_library(tidewaiter_builtin STATIC ${builtin_rules})
target_link_libraries(tidewaiter_builtin PUBLIC tidewaiter_rules)
