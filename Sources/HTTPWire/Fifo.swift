/// First in, first out, in constant time; what was taken out is released at once.
struct Fifo<Element> {
  private var slots: [Element?] = []
  private var head = 0

  var isEmpty: Bool { head == slots.count }

  mutating func append(_ element: Element) {
    slots.append(element)
  }

  mutating func popFirst() -> Element? {
    guard head < slots.count else { return nil }
    let element = slots[head].take()
    head += 1
    // Moving the rest down only when half is empty keeps the cost per element constant.
    if head * 2 >= slots.count {
      slots.removeFirst(head)
      head = 0
    }
    return element
  }
}
