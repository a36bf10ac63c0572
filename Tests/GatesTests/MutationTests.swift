import Testing

@testable import Gates

@Suite struct `Damaged answers` {
  private static let seeds: [String] = [
    #"{"model_version": "8", "a": {"b": [1.5e3, -0, true, null]}, "c\u00e9": "\ud83d\ude00\n"}"#,
    """
    # HELP a Text with \\\\ and \\n.
    # TYPE a histogram
    a_bucket{x="1",le="0.5"} 1 1500
    a_bucket{x="1",le="+Inf"} 2
    a_sum{x="q\\"é"} 1e-5
    a_count 2
    # TYPE b summary
    b{quantile="0.99", } NaN
    model_labelled_total{model_version="8"} 12345678901234567890

    """,
    """
    # TYPE a gaugehistogram
    # UNIT a s
    a_bucket{le="-1.0"} 1 # {t="é"} 0.5 1.5
    a_bucket{le="+Inf"} 3
    a_gcount 3
    a_gsum -5
    # TYPE c counter
    c_total{x="a\\\\b\\z",y="1"} 17.0 1.5 # {} 1
    c_created{x="a\\\\b\\z",y="1"} 1.5e9 1.5
    # TYPE s stateset
    s{s="on"} 1
    # EOF
    """,
  ]

  /// Pieces that mean something to at least one of the readers.
  private static let pieces: [[UInt8]] =
    [
      "{", "}", "\"", "\\", "\\u", "\\ud800", "\n", "\r", " ", "\t", ",", "=", "#", "# EOF\n",
      "# TYPE a ",
      "1e999", "NaN", "-", ".", "+Inf", "[", "]", ":", "_total", "é", "99999999999999999999",
    ].map { Array($0.utf8) } + [[0], [0xFF], [0xC3], [0xED, 0xA0, 0x80]]

  @Test func `are read or refused by every reader, and never end the process`() {
    var random = SeededRandom(42)
    var readable = 0
    for _ in 0..<20_000 {
      var bytes = Array((Self.seeds.randomElement(using: &random) ?? "").utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) { Self.damage(&bytes, &random) }
      readable += Self.readers(of: bytes)
    }
    // Damage that always or never kills the text would test nothing.
    #expect((500...40_000).contains(readable))
  }

  private static func readers(of bytes: [UInt8]) -> Int {
    let names: Set<String> = ["a_bucket", "c_total", "c", "model_labelled_total"]
    let small = ExpositionLimits(lineBytes: 120, labels: 2, series: 2)
    let json = try? JSONReader.read(bytes, depthMax: 4)
    let prometheus = try? PrometheusText.read(bytes, wanting: names, limits: small)
    let openMetrics = try? OpenMetricsText.read(bytes, wanting: names)
    return (json == nil ? 0 : 1) + (prometheus == nil ? 0 : 1) + (openMetrics == nil ? 0 : 1)
  }

  private static func damage(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    let end = min(bytes.count, place + Int.random(in: 0...8, using: &random))
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes.removeSubrange(place..<end)
    case 1: bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: place)
    case 2:
      bytes.insert(
        contentsOf: bytes[place..<end],
        at: Int.random(in: 0...bytes.count, using: &random)
      )
    case 3: bytes.removeSubrange(place...)
    default: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &random) }
    }
  }
}
