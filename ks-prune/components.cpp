// SPDX-License-Identifier: MIT
// Strongly connected components, by Tarjan's algorithm with a stack of its own.

#include "ks-prune/view.hpp"

#include <algorithm>

namespace ks {
namespace {

class Components {
public:
  explicit Components(const Groups& successors)
      : successors_(successors), index_(successors.size(), no_row), low_(successors.size()),
        on_stack_(successors.size()) {}

  std::vector<std::vector<u32>> find() {
    for (u32 node = 0; node < successors_.size(); ++node)
      if (index_[node] == no_row) walk(node);
    return std::move(found_);
  }

private:
  struct Frame {
    u32 node;
    u32 next = 0;
  };

  void enter(u32 node) {
    index_[node] = low_[node] = next_index_++;
    stack_.push_back(node);
    on_stack_[node] = true;
    frames_.push_back({node});
  }

  void leave(u32 node) {
    if (low_[node] == index_[node]) {
      std::vector<u32> component;
      u32 member = no_row;
      do {
        member = stack_.back();
        stack_.pop_back();
        on_stack_[member] = false;
        component.push_back(member);
      } while (member != node);
      std::sort(component.begin(), component.end());
      found_.push_back(std::move(component));
    }
    frames_.pop_back();
    if (!frames_.empty()) {
      const u32 parent = frames_.back().node;
      low_[parent] = std::min(low_[parent], low_[node]);
    }
  }

  void walk(u32 root) {
    enter(root);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      const std::span<const u32> successors = successors_.of(frame.node);
      if (frame.next == successors.size()) {
        leave(frame.node);
        continue;
      }
      const u32 node = frame.node;
      const u32 successor = successors[frame.next++];
      if (index_[successor] == no_row)
        enter(successor);
      else if (on_stack_[successor])
        low_[node] = std::min(low_[node], index_[successor]);
    }
  }

  const Groups& successors_;
  std::vector<u32> index_;
  std::vector<u32> low_;
  std::vector<bool> on_stack_;
  std::vector<u32> stack_;
  std::vector<Frame> frames_;
  std::vector<std::vector<u32>> found_;
  u32 next_index_ = 0;
};

} // namespace

std::vector<std::vector<u32>> find_components(const Groups& successors) {
  return Components(successors).find();
}

} // namespace ks
