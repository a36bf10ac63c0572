import Testing

@testable import Gates

@Suite struct `OpenMetrics text` {
  private func read(_ text: String, wanting names: Set<String>) throws -> Exposition {
    try OpenMetricsText.read(Array(text.utf8), wanting: names)
  }

  @Test func `keeps the wanted samples with their labels, values and times`() throws {
    let found = try read(
      #"""
      # TYPE a counter
      # HELP a text
      a_total{x="q\"\\\n\z"} 17 1.25 # {trace="1"} 0.5 3
      a_created{x="q\"\\\n\z"} 12 1.25
      # TYPE b gauge
      # EOF
      """#,
      wanting: ["a_total", "a_created", "b", "a"]
    )
    let labels = [Exposition.Label(name: "x", value: "q\"\\\n\\z")]
    #expect(found.announced == ["a", "a_total", "a_created", "b"])
    #expect(
      found.samples == [
        Exposition.Sample(name: "a_total", labels: labels, value: 17, stampMilliseconds: 1250),
        Exposition.Sample(name: "a_created", labels: labels, value: 12, stampMilliseconds: 1250),
      ]
    )
  }

  @Test(arguments: [
    "# EOF\r\n", "a 1\r\n# EOF\n", "\u{FEFF}a 1\n# EOF\n", " a 1\n# EOF\n", "a 1 \n# EOF\n",
    "a\t1\n# EOF\n", "a{x=\"1\", y=\"2\"} 1\n# EOF\n", "a{x =\"1\"} 1\n# EOF\n", "a {} 1\n# EOF\n",
    "a{__name__=\"b\"} 1\n# EOF\n", "{\"a.b\"} 1\n# EOF\n", "# comment\n# EOF\n", "#EOF\n",
    "# EOF \n",
    "a 1\n", "", "\n# EOF\n", "# EOF\n\n", "# EOF\n# EOF\n", "# TYPE a Gauge\n# EOF\n",
    "a 1 1 1\n# EOF\n",
    "a 1 1 #\n# EOF\n", "# TYPE a counter\na_total 1 # {} 1  1\n# EOF\n",
    "# TYPE a counter\na 1\n# EOF\n", "# TYPE a gauge\na_total 1\na 1\n# EOF\n",
    "# TYPE a histogram\na_bucket{le=\"1\"} 1.5\na_bucket{le=\"+Inf\"} 2\n# EOF\n",
  ])
  func `is refused for what the project's own cases leave out`(text: String) {
    #expect(throws: ExpositionProblem.self) { try read(text, wanting: ["a"]) }
  }

  @Test func `keeps the limits`() throws {
    let limits = ExpositionLimits(lineBytes: 30, labels: 1, series: 1)
    func read(_ text: String) throws -> Exposition {
      try OpenMetricsText.read(Array((text + "# EOF\n").utf8), wanting: ["a"], limits: limits)
    }
    #expect(try read("a{x=\"1\"} 1\n").samples.count == 1)
    for text in [
      "a{x=\"1\",y=\"1\"} 1\n", "a{x=\"1\"} 1\na{x=\"2\"} 1\n",
      "a 1.0000000000000000000000000001\n",
    ] {
      #expect(throws: ExpositionProblem.self) { try read(text) }
    }
  }

  @Test func `cannot make a time stamp overflow`() throws {
    let text = "a{x=\"1\"} 1 1e300\na{x=\"2\"} 1 -1e300\n# EOF\n"
    let stamps = try read(text, wanting: ["a"]).samples.map(\.stampMilliseconds)
    #expect(stamps == [.max, .min])
  }
}
