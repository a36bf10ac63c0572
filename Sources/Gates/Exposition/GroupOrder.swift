/// Sees to it that the samples of one metric stand together and their times do not go back.
struct GroupOrder {
  private var current: [UInt8]?
  private var earlier: Set<[UInt8]> = []
  private var stamp: Double?

  /// Enters a sample's group, named by its labels; tells whether a new point begins with it.
  mutating func enter(
    _ group: [UInt8],
    stamp: Double?,
    allowingStepsBack: Bool,
    in reader: LineReader
  ) throws(ExpositionProblem) -> Bool {
    defer { self.stamp = stamp }
    guard let current else {
      self.current = group
      return true
    }
    guard current == group else {
      earlier.insert(current)
      guard !earlier.contains(group) else {
        throw reader.problem("the samples of one metric do not stand together")
      }
      self.current = group
      return true
    }
    switch (self.stamp, stamp) {
    case (nil, nil):
      return false
    case (let last?, let stamp?):
      guard last <= stamp || allowingStepsBack else {
        throw reader.problem("the time stamps of one metric go back")
      }
      return last != stamp
    case (nil, _?), (_?, nil):
      throw reader.problem("only some samples of one metric have a time stamp")
    }
  }
}
