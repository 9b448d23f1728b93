// Catch2 2 makes main() here; with Catch2 3 it comes from the library Catch2WithMain.
#define CATCH_CONFIG_MAIN
#include "support/catch.h"
