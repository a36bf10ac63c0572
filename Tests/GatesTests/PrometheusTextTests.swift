import Testing

@testable import Gates

@Suite struct `Prometheus text` {
  private func read(_ text: String, wanting names: Set<String> = ["a"]) throws -> Exposition {
    try PrometheusText.read(Array(text.utf8), wanting: names)
  }

  @Test func `keeps the wanted samples with their labels, values and times`() throws {
    let found = try read(
      #"""
      # HELP a What \\ a \n is.
      # TYPE a Gauge
      a 1
      	 a { x = "q\"\\\n" , y="é", } 	 -2.5e3 	 -1700
      b{x="y"} 3

      # any comment
      #TYPE c counter
      a{}+Inf
      """# + "\n"
    )
    #expect(found.announced == ["a"])
    #expect(
      found.samples == [
        Exposition.Sample(name: "a", labels: [], value: 1, stampMilliseconds: nil),
        Exposition.Sample(
          name: "a",
          labels: [
            Exposition.Label(name: "x", value: "q\"\\\n"), Exposition.Label(name: "y", value: "é"),
          ],
          value: -2500,
          stampMilliseconds: -1700
        ),
        Exposition.Sample(name: "a", labels: [], value: .infinity, stampMilliseconds: nil),
      ]
    )
  }

  @Test(arguments: [
    "", "\n", " \t\n", "#\n", "# \n", "# HELP\n", "# TYPE \n", "# HELP a\n", "# TYPE a \n", "a 1\n",
    "a{}1\n", "a:b_C9 1\n", "a nan\n", "a INFINITY\n", "a .5\n", "a 5.\n", "a 1E-3\n",
    "# EOF\n", "# TYPE a untyped\na 1\n", "a 1\na 1\n", "a 1\nb 1\na 1\n",
    "# TYPE a histogram\na_bucket{le=\"1\"} 1\na_bucket{le=\"+Inf\"} 2\na_sum 3\na_count 2\n",
    "# TYPE a summary\na{quantile=\"0.5\"} 1\na_sum 3\na_count 2\n",
    "# HELP a text\n# TYPE a counter\n", "# HELP a \\\"text\\\"\n",
  ])
  func `is read where expfmt reads it`(text: String) throws {
    _ = try read(text)
  }

  @Test(arguments: [
    // Cut short.
    "a 1", "# comment", "a 1\n ",
    // Names.
    "1a 1\n", "é 1\n", "a.b 1\n", "{\"a.b\"} 1\n", "{a=\"b\"} 1\n", "# TYPE 1a counter\n",
    "# HELP a.b text\n",
    // Values.
    "a\n", "a \n", "a x\n", "a 1_000\n", "a 0x1\n", "a 0x1p3\n", "a 0b1\n", "a 1e\n", "a .\n",
    "a +nan\n", "a 1e400\n", "a ++1\n", "a 1\r\n", "a infinit\n",
    // Times, and what follows.
    "a 1 \n", "a 1 1.5\n", "a 1 x\n", "a 1 1 \n", "a 1 1 1\n", "a 1 99999999999999999999\n",
    "a 1 # {x=\"y\"} 1\n",
    // Labels.
    "a{ 1\n", "a{x} 1\n", "a{x=} 1\n", "a{x=y} 1\n", "a{x='y'} 1\n", "a{x=\"y} 1\n",
    "a{x=\"y\" 1\n", "a{x=\"y\"z=\"w\"} 1\n", "a{x=\"y\",,z=\"w\"} 1\n", "a{,} 1\n",
    "a{x=\"1\",x=\"1\"} 1\n", "a{x=\"\\z\"} 1\n", "a{x=\"\\", "a{x=\"\\\"} 1\n", "a{x:y=\"1\"} 1\n",
    "a{1=\"1\"} 1\n", "a{__name__=\"b\"} 1\n",
    // Types.
    "# TYPE a meh\n", "# TYPE a counter gauge\n", "# TYPE a gaugehistogram\n",
    "# TYPE a counter\n# TYPE a counter\n", "a 1\n# TYPE a counter\n",
    "# HELP a x\n# HELP a x\n", "# HELP a \\z\n", "# HELP a \\\n",
    "# TYPE a histogram\na_bucket{le=\"x\"} 1\n", "# TYPE a summary\na{quantile=\"x\"} 1\n",
    "# TYPE a histogram\na_sum 1\n# TYPE a histogram\n",
  ])
  func `is refused where expfmt refuses it`(text: String) {
    #expect(throws: ExpositionProblem.self) { try read(text) }
  }

  @Test func `is refused when it is not UTF-8, wherever that is`() {
    let bytes = Array("a{x=\"".utf8) + [0xC3, 0x28] + Array("\"} 1\n".utf8)
    #expect(throws: ExpositionProblem.self) { try PrometheusText.read(bytes, wanting: ["a"]) }
  }

  @Test func `says in which line it is wrong`() {
    #expect(throws: ExpositionProblem(line: 3, text: "the value is not a number")) {
      try read("a 1\n\nb x\n")
    }
  }

  @Test func `is refused beyond each limit, and read up to it`() throws {
    let limits = ExpositionLimits(lineBytes: 20, labels: 2, series: 2)
    func read(_ text: String) throws -> Exposition {
      try PrometheusText.read(Array(text.utf8), wanting: ["a"], limits: limits)
    }
    #expect(try read("a{x=\"1\",y=\"2\"}     1\n").samples.count == 1)
    #expect(try read("a 1\na 2\nb 1\nb 2\nb 3\n").samples.count == 2)
    for text in ["a{x=\"1\",y=\"2\"}      1\n", "a{x=\"\",y=\"\",z=\"\"} 1\n", "a 1\na 2\na 3\n"] {
      #expect(throws: ExpositionProblem.self) { try read(text) }
    }
  }
}
