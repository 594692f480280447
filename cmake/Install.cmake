# Installed: the layers as static libraries, the public headers, the program, and a package for find_package(entente).
include(CMakePackageConfigHelpers)
get_property(layers GLOBAL PROPERTY ENTENTE_LAYERS)
install(TARGETS ${layers} EXPORT entente-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS entente RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY include/entente DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
# data/world/restricted is without an open licence: for oneself, and not for a package that is passed on (its README).
option(ENTENTE_INSTALL_RESTRICTED "Install the tables of states that have no open licence" ON)
set(left_out)
if(NOT ENTENTE_INSTALL_RESTRICTED)
  set(left_out PATTERN restricted EXCLUDE)
endif()
foreach(world economy economy-2022 world)  # entente/families/trade/bundled.hpp, entente/world/weights.hpp
  install(DIRECTORY data/${world} DESTINATION ${CMAKE_INSTALL_DATADIR}/entente/data ${left_out})
endforeach()
install(EXPORT entente-targets NAMESPACE entente:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/entente)
configure_package_config_file(cmake/entente-config.cmake.in ${PROJECT_BINARY_DIR}/entente-config.cmake
                              INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/entente)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/entente-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/entente-config.cmake ${PROJECT_BINARY_DIR}/entente-config-version.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/entente)
