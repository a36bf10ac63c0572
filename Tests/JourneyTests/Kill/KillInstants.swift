/// Random instants, spread over the whole of each journey.
struct KillInstants {
  private let seed: UInt64
  private var durations: [KilledJourney: Duration]
  private let count: Int
  private var generator: SeededGenerator
  private var hits = 0
  private var misses = 0

  /// - Parameters:
  ///   - seed: Of the generator.
  ///   - count: How many instants there are.
  ///   - durations: How long each journey takes when nobody disturbs it.
  init(seed: UInt64, count: Int, durations: [KilledJourney: Duration]) {
    self.seed = seed
    self.count = count
    self.durations = durations
    generator = SeededGenerator(seed: seed)
  }

  /// The next instant; nil when there were enough.
  mutating func next() -> KillInstant? {
    guard hits < count, misses < count else { return nil }
    let journeys = KilledJourney.allCases
    let journey = journeys[hits % journeys.count]
    let parts = (count + journeys.count - 1) / journeys.count
    let place = (Double(hits / journeys.count) + generator.fraction()) / Double(parts)
    // Journeys are not always equally long: an instant after the end is tried again, earlier.
    let earlier = 1 / (1 + 0.1 * Double(misses))
    return KillInstant(
      journey: journey,
      delay: (durations[journey] ?? .zero) * (place * earlier),
      killsGroup: hits.isMultiple(of: 2),
      seed: seed
    )
  }

  /// Takes note of how long a journey took that an instant came too late for; nil: it fell into it.
  mutating func take(_ instant: KillInstant, missedBy undisturbed: Duration?) {
    guard let undisturbed else {
      hits += 1
      return
    }
    misses += 1
    durations[instant.journey] = min(undisturbed, durations[instant.journey] ?? undisturbed)
  }

  /// How many fell into their journeys.
  var hitCount: Int { hits }
}
