// The engine's contract as a Python module: one class, a call of text for text, and what lies beside an answer as a
// buffer that Python owns. Everything else of the package is Python (entente/*.py), so that what a notebook asks is
// what every other face asks. A call releases the interpreter; calls of one engine come one after the other. Cost: some
// microseconds a call, and no copy of a column.
#include <pybind11/pybind11.h>

#include <mutex>
#include <vector>

#include "entente/engine/engine.hpp"
#include "entente/families/all.hpp"

namespace py = pybind11;

namespace {

/// Bytes that a call left, seen by NumPy without a copy. 8-byte aligned, as the contract's offsets want it.
class Buffer {
 public:
  explicit Buffer(std::vector<std::byte> bytes) : bytes_(std::move(bytes)) {}
  [[nodiscard]] py::buffer_info info() {
    return {bytes_.data(), 1, py::format_descriptor<unsigned char>::format(), static_cast<py::ssize_t>(bytes_.size()),
            true};
  }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }

 private:
  std::vector<std::byte> bytes_;
};

class Engine {
 public:
  Engine(unsigned threads, double memory)
      : engine_(entente::families::all(), ENTENTE_VERSION, {.memory = memory, .threads = threads},
                entente::engine::disk()) {}

  py::tuple call(const std::string& request) {
    std::string answer;
    std::vector<std::byte> left;
    {
      const py::gil_scoped_release others;  // while the engine works
      const std::lock_guard one(mutex_);
      answer = engine_.call(request);
      left = engine_.take_buffer();
    }
    return py::make_tuple(py::str(answer), Buffer(std::move(left)));
  }

  bool cancel(std::uint64_t run) { return engine_.cancel(run); }

 private:
  entente::engine::Engine engine_;
  std::mutex mutex_;
};

}  // namespace

PYBIND11_MODULE(_engine, m) {
  m.doc() = "The engine's contract: docs/develop/engine-contract.md.";
  m.attr("version") = ENTENTE_VERSION;
  m.attr("contract") = entente::engine::contract;
  py::class_<Buffer>(m, "Buffer", py::buffer_protocol()).def_buffer(&Buffer::info).def("__len__", &Buffer::size);
  py::class_<Engine>(m, "Engine")
      .def(py::init<unsigned, double>(), py::arg("threads"), py::arg("memory"))
      .def("call", &Engine::call, py::arg("request"),
           "One JSON request; the JSON answer, and what lies beside it. Releases the interpreter.")
      .def("cancel", &Engine::cancel, py::arg("run"), "From any thread: ends the step that goes on now, or the next.");
}
