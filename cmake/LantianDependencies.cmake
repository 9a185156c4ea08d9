# Every system package that the engine uses, named once. Nothing is downloaded.
find_package(Threads REQUIRED)
find_package(Boost 1.74 REQUIRED)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(fmt REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(CLI11 REQUIRED)
find_package(HDF5 REQUIRED COMPONENTS C HL)
find_path(RANDOM123_INCLUDE_DIR Random123/philox.h REQUIRED)
