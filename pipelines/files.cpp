// SPDX-License-Identifier: MIT
// The only place where stages touch files. Reading fails aloud: a std::ifstream that
// failed to open reads as an empty file, and an empty answer looks like one. Writing goes
// to a file beside the target, which then takes its name, so that the target is at all
// times the old file or the new one.

#include "pipelines/artifact.hpp"
#include "pipelines/diag.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <istream>
#include <ostream>
#include <utility>

namespace ks {

namespace {

constexpr std::size_t buffer_size = 1 << 16;

std::string display(const std::string& path, const char* stream) {
  return path == "-" ? stream : path;
}

// An open file that is closed when it goes out of scope.
struct Descriptor {
  int fd = -1;
  bool owned = true;

  Descriptor(int fd, bool owned) : fd(fd), owned(owned) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (owned && fd >= 0) close(fd);
  }
};

std::size_t read_some(int fd, char* data, std::size_t size, const std::string& name) {
  for (;;) {
    const ssize_t count = read(fd, data, size);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) fail("{}: {}", name, std::strerror(errno));
  }
}

void write_all(int fd, std::string_view bytes, const std::string& name) {
  while (!bytes.empty()) {
    const ssize_t count = write(fd, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) fail("{}: {}", name, std::strerror(count < 0 ? errno : ENOSPC));
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

int open_for_reading(const std::string& path) {
  if (path == "-") return STDIN_FILENO;
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) fail("{}: {}", path, std::strerror(errno));
  return fd;
}

class ReadBuffer : public std::streambuf {
public:
  ReadBuffer(int fd, std::string name) : fd_(fd), name_(std::move(name)) {}

private:
  int_type underflow() override {
    const std::size_t count = read_some(fd_, buffer_, sizeof buffer_, name_);
    setg(buffer_, buffer_, buffer_ + count);
    return count == 0 ? traits_type::eof() : traits_type::to_int_type(buffer_[0]);
  }

  int fd_;
  std::string name_;
  char buffer_[buffer_size];
};

class WriteBuffer : public std::streambuf {
public:
  WriteBuffer(int fd, std::string name) : fd_(fd), name_(std::move(name)) {
    setp(buffer_, buffer_ + sizeof buffer_);
  }
  void flush() {
    write_all(fd_, {pbase(), static_cast<std::size_t>(pptr() - pbase())}, name_);
    setp(buffer_, buffer_ + sizeof buffer_);
  }

private:
  int_type overflow(int_type c) override {
    flush();
    if (!traits_type::eq_int_type(c, traits_type::eof())) sputc(traits_type::to_char_type(c));
    return traits_type::not_eof(c);
  }
  int sync() override {
    flush();
    return 0;
  }

  int fd_;
  std::string name_;
  char buffer_[buffer_size];
};

void print_to(int fd, const std::string& name, const std::function<void(std::ostream&)>& print) {
  WriteBuffer buffer(fd, name);
  std::ostream stream(&buffer);
  stream.exceptions(std::ios::badbit | std::ios::failbit);
  print(stream);
  buffer.flush();
}

bool same_content(const std::string& a, const std::string& b) {
  Descriptor left(open(a.c_str(), O_RDONLY | O_CLOEXEC), true);
  Descriptor right(open(b.c_str(), O_RDONLY | O_CLOEXEC), true);
  struct stat a_stat{};
  struct stat b_stat{};
  if (left.fd < 0 || right.fd < 0 || fstat(left.fd, &a_stat) || fstat(right.fd, &b_stat) ||
      a_stat.st_size != b_stat.st_size) {
    return false;
  }
  std::string x(buffer_size, '\0');
  std::string y(buffer_size, '\0');
  for (;;) {
    const std::size_t size = read_some(left.fd, x.data(), x.size(), a);
    if (size == 0) return true;
    for (std::size_t at = 0; at < size;) {
      const std::size_t more = read_some(right.fd, y.data() + at, size - at, b);
      if (more == 0) return false;
      at += more;
    }
    if (std::memcmp(x.data(), y.data(), size) != 0) return false;
  }
}

// A file beside `path` that is gone again unless it takes path's name.
class Replacement {
public:
  explicit Replacement(const std::string& path) : path_(path), temporary_(path + ".XXXXXX") {
    fd_ = mkostemp(temporary_.data(), O_CLOEXEC);
    if (fd_ < 0) fail("{}: {}", path, std::strerror(errno));
    const mode_t mask = umask(0);
    umask(mask);
    if (fchmod(fd_, 0666 & ~mask) != 0) fail("{}: {}", path, std::strerror(errno));
  }
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;
  ~Replacement() {
    if (fd_ >= 0) close(fd_);
    if (!temporary_.empty()) unlink(temporary_.c_str());
  }
  int fd() const { return fd_; }
  void commit() {
    // close() reports what a network file system could not store.
    if (close(std::exchange(fd_, -1)) != 0) fail("{}: {}", path_, std::strerror(errno));
    if (same_content(temporary_, path_)) return;
    if (rename(temporary_.c_str(), path_.c_str()) != 0) {
      fail("{}: {}", path_, std::strerror(errno));
    }
    temporary_.clear();
  }

private:
  std::string path_;
  std::string temporary_;
  int fd_ = -1;
};

} // namespace

std::string read_file(const std::string& path) {
  const std::string name = display(path, "standard input");
  const Descriptor file(open_for_reading(path), path != "-");
  struct stat status{};
  // One byte more than a regular file holds, so that its end is seen without growing.
  const bool regular = fstat(file.fd, &status) == 0 && S_ISREG(status.st_mode);
  std::string bytes(regular ? static_cast<std::size_t>(status.st_size) + 1 : buffer_size, '\0');
  std::size_t size = 0;
  for (;;) {
    if (size == bytes.size()) bytes.resize(2 * size);
    const std::size_t count = read_some(file.fd, bytes.data() + size, bytes.size() - size, name);
    size += count;
    if (count == 0) break;
  }
  bytes.resize(size);
  return bytes;
}

std::string read_part(const std::string& path, u64 offset, u64 size) {
  const Descriptor file(open_for_reading(path), true);
  std::string bytes(size, '\0');
  std::size_t done = 0;
  while (done < size) {
    const ssize_t count =
        pread(file.fd, bytes.data() + done, size - done, static_cast<off_t>(offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail("{}: {}", path, std::strerror(errno));
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  bytes.resize(done);
  return bytes;
}

std::optional<u64> size_of_regular_file(const std::string& path) {
  struct stat status{};
  if (stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return static_cast<u64>(status.st_size);
}

void read_stream(const std::string& path, const std::function<void(std::istream&)>& read) {
  const Descriptor file(open_for_reading(path), path != "-");
  ReadBuffer buffer(file.fd, display(path, "standard input"));
  std::istream stream(&buffer);
  stream.exceptions(std::ios::badbit);
  read(stream);
}

void write_stream(const std::string& path, const std::function<void(std::ostream&)>& print) {
  if (path == "-") return print_to(STDOUT_FILENO, "standard output", print);
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    // A device or a pipe cannot be replaced, only written to.
    const Descriptor file(open(path.c_str(), O_WRONLY | O_CLOEXEC), true);
    if (file.fd < 0) fail("{}: {}", path, std::strerror(errno));
    return print_to(file.fd, path, print);
  }
  const bool link = std::filesystem::is_symlink(path, error) && std::filesystem::exists(status);
  Replacement file(link ? std::filesystem::canonical(path).string() : path);
  print_to(file.fd(), path, print);
  file.commit();
}

void write_file(const std::string& path, std::string_view bytes) {
  write_stream(path, [&](std::ostream& out) {
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  });
}

} // namespace ks
