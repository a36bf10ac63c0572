/// Decides whose turn it is: a bound for each lane, a bound for all, and lanes take turns.
///
/// Requests to one origin share a lane. A host that hangs fills its own lane and no other, so it
/// delays nobody else.
struct TurnQueue<Lane: Hashable, Element> {
  private struct State {
    var running = 0
    var waiting = Fifo<Element>()
    var isInTurn = false
  }

  private let perLane: Int
  private let total: Int
  private var lanes: [Lane: State] = [:]
  private var turns = Fifo<Lane>()
  private var running = 0

  init(perLane: Int, total: Int) {
    precondition(perLane > 0 && total > 0, "a queue that admits nothing never answers")
    self.perLane = perLane
    self.total = total
  }

  /// Puts an element at the end of its lane.
  mutating func push(_ element: Element, in lane: Lane) {
    lanes[lane, default: State()].waiting.append(element)
    enqueueTurn(of: lane)
  }

  /// The next element that may run now, with its lane, which must be told when it is done.
  mutating func next() -> (lane: Lane, element: Element)? {
    while running < total, let lane = turns.popFirst() {
      lanes[lane]?.isInTurn = false
      let element = lanes[lane]?.waiting.popFirst()
      if element != nil {
        lanes[lane]?.running += 1
        running += 1
      }
      enqueueTurn(of: lane)
      if let element { return (lane, element) }
    }
    return nil
  }

  /// Frees the place of an element that ran.
  mutating func done(in lane: Lane) {
    lanes[lane]?.running -= 1
    running -= 1
    enqueueTurn(of: lane)
  }

  private mutating func enqueueTurn(of lane: Lane) {
    guard let state = lanes[lane], !state.isInTurn else { return }
    if state.running < perLane, !state.waiting.isEmpty {
      lanes[lane]?.isInTurn = true
      turns.append(lane)
    } else {
      forgetIfIdle(lane)
    }
  }

  /// Lanes come and go with the hosts that are asked; an idle one leaves nothing behind.
  private mutating func forgetIfIdle(_ lane: Lane) {
    guard let state = lanes[lane], state.running == 0, state.waiting.isEmpty, !state.isInTurn
    else { return }
    lanes[lane] = nil
  }
}
