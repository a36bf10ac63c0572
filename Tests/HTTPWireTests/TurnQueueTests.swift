import Testing

@testable import HTTPWire

@Suite struct `Taking turns` {
  @Test func `lets lanes take turns, each in its own order`() {
    var queue = TurnQueue<String, Int>(perLane: 2, total: 3)
    for number in 1...4 { queue.push(number, in: "a") }
    queue.push(10, in: "b")
    queue.push(11, in: "b")
    #expect((0..<4).map { _ in queue.next()?.element } == [1, 10, 2, nil])
    queue.done(in: "b")
    #expect(queue.next()?.element == 11)
    queue.done(in: "b")
    #expect(queue.next()?.element == nil)
    queue.done(in: "a")
    #expect(queue.next()?.element == 3)
    #expect(queue.next()?.element == nil)
  }

  @Test func `keeps its order over many elements`() {
    var fifo = Fifo<Int>()
    var expected = 0
    for number in 0..<10_000 {
      fifo.append(number)
      if number % 3 != 0 {
        #expect(fifo.popFirst() == expected)
        expected += 1
      }
    }
    while let number = fifo.popFirst() {
      #expect(number == expected)
      expected += 1
    }
    #expect(expected == 10_000)
  }
}
