#include "results/posix_driver.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <memory>
#include <new>
#include <string_view>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "results/file_bytes.hpp"

namespace lantian::hdf5 {
namespace {

constexpr haddr_t kLargestAddress = std::numeric_limits<off_t>::max();

// Raw data and metadata reuse freed space apart.
constexpr H5FD_mem_t kFreeLists[H5FD_MEM_NTYPES] = H5FD_FLMAP_DICHOTOMY;

// What goes through the file access properties to open_file.
struct OpenRequest {
  int descriptor;
  FileHealth* health;
};

// libhdf5 sees the base; it must come first.
struct PosixFile {
  H5FD_t base;
  int descriptor;
  FileHealth* health;
  haddr_t end_of_allocated;
  haddr_t end_of_file;
};

PosixFile& posix(H5FD_t* file) {
  return *reinterpret_cast<PosixFile*>(file);
}
const PosixFile& posix(const H5FD_t* file) {
  return *reinterpret_cast<const PosixFile*>(file);
}

void note_failure(PosixFile& file, const char* action, int error) {
  if (file.health->error == 0) {
    file.health->error = error;
    file.health->action = action;
  }
}

H5FD_t* open_file(const char*, unsigned flags, hid_t access, haddr_t) {
  const auto* request = static_cast<const OpenRequest*>(H5Pget_driver_info(access));
  if (request == nullptr) {
    return nullptr;
  }
  const int descriptor = fcntl(request->descriptor, F_DUPFD_CLOEXEC, 0);
  struct stat status{};
  const bool is_open = descriptor >= 0 &&
                       ((flags & H5F_ACC_TRUNC) == 0 || ftruncate(descriptor, 0) == 0) &&
                       fstat(descriptor, &status) == 0;
  if (!is_open) {
    request->health->error = errno;
    request->health->action = "open";
    if (descriptor >= 0) {
      ::close(descriptor);
    }
    return nullptr;
  }
  std::unique_ptr<PosixFile> file(new (std::nothrow) PosixFile{});
  if (file == nullptr) {
    ::close(descriptor);
    return nullptr;
  }
  file->descriptor = descriptor;
  file->health = request->health;
  file->end_of_file = static_cast<haddr_t>(status.st_size);
  return &file.release()->base;
}

herr_t close_file(H5FD_t* base) {
  const std::unique_ptr<PosixFile> file(&posix(base));
  if (::close(file->descriptor) != 0) {
    note_failure(*file, "close", errno);
  }
  return 0;
}

// Two opens are never the same file: each has a descriptor and a health of its own.
int compare(const H5FD_t* a, const H5FD_t* b) {
  return a == b ? 0 : (a < b ? -1 : 1);
}

herr_t query(const H5FD_t*, unsigned long* flags) {
  *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
           H5FD_FEAT_AGGREGATE_SMALLDATA | H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
  return 0;
}

haddr_t end_of_allocated(const H5FD_t* file, H5FD_mem_t) {
  return posix(file).end_of_allocated;
}

herr_t set_end_of_allocated(H5FD_t* file, H5FD_mem_t, haddr_t address) {
  posix(file).end_of_allocated = address;
  return 0;
}

haddr_t end_of_file(const H5FD_t* file, H5FD_mem_t) {
  return posix(file).end_of_file;
}

// Beyond the end of the file there are zeros, as libhdf5 expects.
herr_t read(H5FD_t* base, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, void* buffer) {
  PosixFile& file = posix(base);
  auto* to = static_cast<char*>(buffer);
  while (size > 0) {
    const ssize_t got = pread(file.descriptor, to, size, static_cast<off_t>(address));
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      note_failure(file, "read", errno);
      return -1;
    }
    if (got == 0) {
      std::memset(to, 0, size);
      return 0;
    }
    to += got;
    address += static_cast<haddr_t>(got);
    size -= static_cast<std::size_t>(got);
  }
  return 0;
}

// Raw data written among values are chunks, or a global heap that makes room: those begin with
// their signature.
void note_extent(FileHealth& health, H5FD_mem_t kind, haddr_t address, std::size_t size,
                 const void* buffer) {
  constexpr std::string_view heap = "GCOL";
  const bool is_heap = size >= heap.size() && std::memcmp(buffer, heap.data(), heap.size()) == 0;
  if (health.is_writing_values && kind == H5FD_MEM_DRAW && !is_heap) {
    add_extent(health.values, address, size);
  } else {
    drop_extent(health.values, address, size);
  }
}

// After a failure the disk is left alone: only the end of the file goes on moving, as it would
// have, so that libhdf5 finds nothing amiss and closes in good order.
herr_t write(H5FD_t* base, H5FD_mem_t kind, hid_t, haddr_t address, std::size_t size,
             const void* buffer) {
  PosixFile& file = posix(base);
  file.end_of_file = std::max(file.end_of_file, address + size);
  try {
    note_extent(*file.health, kind, address, size, buffer);
  } catch (const std::bad_alloc&) { // nothing may be thrown through libhdf5
    note_failure(file, "write", ENOMEM);
  }
  const auto* from = static_cast<const char*>(buffer);
  while (size > 0 && file.health->error == 0) {
    const std::size_t piece = std::min(size, kPieceOfFile);
    const ssize_t put = pwrite(file.descriptor, from, piece, static_cast<off_t>(address));
    if (put < 0 && errno != EINTR) {
      note_failure(file, "write", errno);
    }
    if (put > 0) {
      from += put;
      address += static_cast<haddr_t>(put);
      size -= static_cast<std::size_t>(put);
    }
  }
  return 0;
}

herr_t truncate(H5FD_t* base, hid_t, hbool_t) {
  PosixFile& file = posix(base);
  if (file.end_of_file != file.end_of_allocated && file.health->error == 0 &&
      ftruncate(file.descriptor, static_cast<off_t>(file.end_of_allocated)) != 0) {
    note_failure(file, "truncate", errno);
  }
  file.end_of_file = file.end_of_allocated;
  return 0;
}

herr_t no_lock(H5FD_t*, hbool_t) {
  return 0;
}
herr_t no_unlock(H5FD_t*) {
  return 0;
}

H5FD_class_t driver_class() {
  H5FD_class_t driver{};
  driver.name = "lantian";
  driver.maxaddr = kLargestAddress;
  driver.fc_degree = H5F_CLOSE_STRONG;
  driver.fapl_size = sizeof(OpenRequest);
  driver.open = open_file;
  driver.close = close_file;
  driver.cmp = compare;
  driver.query = query;
  driver.get_eoa = end_of_allocated;
  driver.set_eoa = set_end_of_allocated;
  driver.get_eof = end_of_file;
  driver.read = read;
  driver.write = write;
  driver.truncate = truncate;
  driver.lock = no_lock;
  driver.unlock = no_unlock;
  std::ranges::copy(kFreeLists, driver.fl_map);
  return driver;
}

} // namespace

PosixDriver::PosixDriver() {
  const H5FD_class_t driver = driver_class();
  driver_ = Driver(H5FDregister(&driver), "register the file driver");
}

Properties PosixDriver::access(int descriptor, FileHealth& health) const {
  Properties access(H5Pcreate(H5P_FILE_ACCESS), "create file access properties");
  const OpenRequest request{descriptor, &health};
  checked(H5Pset_driver(access.id(), driver_.id(), &request), "set the file driver");
  checked(H5Pset_fclose_degree(access.id(), H5F_CLOSE_STRONG), "set the closing of files");
  checked(H5Pset_libver_bounds(access.id(), H5F_LIBVER_LATEST, H5F_LIBVER_LATEST),
          "choose the file format");
  return access;
}

} // namespace lantian::hdf5
