import ReleaseCore

/// Reads `gates:`.
enum GateReader {
  /// The gates in the order declared.
  static func gates(_ node: YAMLNode) throws(Mistake) -> [Gate] {
    for field in node.fields ?? [] where EnvironmentKeys.laterGates.contains(field.key) {
      throw field.place.refuse(
        "The gate `\(field.key)` is not known to this version of `release` yet.",
        "Remove it; this version knows \(Spelling.list(EnvironmentKeys.gates.names))."
      )
    }
    let fields = try Fields(node, EnvironmentKeys.gates, of: "gates")
    var gates: [Gate] = []
    for (key, _) in fields.placesOf(EnvironmentKeys.gates.names) {
      guard let gate = try fields.map(key) else { continue }
      gates.append(Gate(name: GateName(key), kind: try kind(key, gate)))
    }
    return gates
  }

  private static func kind(_ key: String, _ fields: Fields) throws(Mistake) -> Gate.Kind {
    switch key {
    case "offline": .offline(try offline(fields))
    case "health": .health(try health(fields))
    case _: try accuracy(fields)
    }
  }

  private static func offline(_ fields: Fields) throws(Mistake) -> OfflineGate {
    let min = try fields.number("min")
    let maxDrop = try fields.number("max-drop")
    guard min != nil || maxDrop != nil else {
      throw fields.place.refuse(
        "`offline` has no limit.",
        "Add `min:`, `max-drop:` or both."
      )
    }
    if let maxDrop, maxDrop < 0 {
      throw fields.place(of: "max-drop").refuse(
        "`max-drop` is negative.",
        "Write how much may be lost, for example 0.02."
      )
    }
    return OfflineGate(metric: try fields.name("metric") ?? "", min: min, maxDrop: maxDrop)
  }

  private static func health(_ fields: Fields) throws(Mistake) -> HealthGate {
    var gate = HealthGate()
    if let path = try fields.path("path") { gate.path = path }
    if let successes = try fields.whole("successes") { gate.successes = successes }
    if let within = try fields.duration("within") { gate.within = within }
    if let expect = try fields.node("expect") { gate.expect = try texts(expect, of: "expect") }
    return gate
  }

  private static func texts(_ node: YAMLNode, of owner: String) throws(Mistake) -> [String: String]
  {
    guard let fields = node.fields else {
      throw node.place.refuse(
        "`\(owner)` is a mapping of fields and texts, not \(node.kindName).",
        "Write it as `\(owner): {status: healthy}`."
      )
    }
    var texts: [String: String] = [:]
    for field in fields { texts[field.key] = try Scalar.text(field.value) }
    return texts
  }

  private static func accuracy(_ fields: Fields) throws(Mistake) -> Gate.Kind {
    let counted = fields.placesOf(EnvironmentKeys.countedOnly)
    let gauge = fields.placesOf(EnvironmentKeys.gaugeOnly)
    if let first = gauge.first, let other = counted.first {
      throw other.place.refuse(
        "`\(other.key)` belongs to counters, `\(first.key)` to a bare number.",
        "Give `correct` and `total` if the service counts (the better way), else `metric`."
      )
    }
    return gauge.isEmpty ? .counted(try countedGate(fields)) : .gauge(try gaugeGate(fields))
  }

  private static func gaugeGate(_ fields: Fields) throws(Mistake) -> GaugeGate {
    guard let metric = try fields.name("metric") else {
      throw fields.place.refuse("`accuracy` lacks `metric`.", "Add the name of the number.")
    }
    let min = try share(fields, "min")
    var gate = GaugeGate(metric: metric, min: min)
    if let path = try fields.path("path") { gate.path = path }
    if let readings = try fields.whole("readings") { gate.readings = readings }
    if let within = try fields.duration("within") { gate.within = within }
    return gate
  }

  private static func countedGate(_ fields: Fields) throws(Mistake) -> CountedGate {
    guard let good = try fields.name("correct"), let total = try fields.name("total") else {
      throw fields.place.refuse(
        "`accuracy` needs the counters `correct` and `total`.",
        "Name both, or name a bare number with `metric`."
      )
    }
    let min = try countedMin(fields)
    var gate = CountedGate(good: good, total: total, min: min, margin: try fields.number("margin"))
    if let path = try fields.path("path") { gate.path = path }
    if let alpha = try risk(fields, "alpha") { gate.alpha = alpha }
    if let beta = try risk(fields, "beta") { gate.beta = beta }
    if let samples = try fields.whole("samples-min") { gate.samplesMin = samples }
    if let samples = try fields.whole("samples-max") { gate.samplesMax = samples }
    if let within = try fields.duration("within") { gate.within = within }
    try checkMargin(gate, fields)
    guard gate.samplesMin <= gate.samplesMax else {
      let given = fields.placesOf(["samples-min", "samples-max"]).last
      throw (given?.place ?? fields.place).refuse(
        "`samples-min` is \(gate.samplesMin) and `samples-max` \(gate.samplesMax).",
        "Let `samples-max` be the greater; the defaults are 20 and 8000."
      )
    }
    return gate
  }

  private static func countedMin(_ fields: Fields) throws(Mistake) -> Double {
    let min = try share(fields, "min")
    guard min < 1 else {
      throw fields.place(of: "min").refuse(
        "With `min: 1` the first wrong answer fails, and no number of right ones can pass.",
        "Write a share below 1, for example 0.99."
      )
    }
    return min
  }

  /// A share above 0 and at most 1.
  private static func share(_ fields: Fields, _ key: String) throws(Mistake) -> Double {
    guard let value = try fields.number(key) else {
      throw fields.place.refuse("`\(key)` is missing.", "Add it, for example `\(key): 0.95`.")
    }
    if value > 1 {
      throw fields.place(of: key).refuse(
        "`\(key)` is a share between 0 and 1, not \(value).",
        value <= 100 ? "Write \(value / 100) for \(value) percent." : "Write for example 0.95."
      )
    }
    guard value > 0 else {
      throw fields.place(of: key).refuse(
        "With `\(key): \(value)` the gate could never fail.",
        "Write a share above 0, or remove the gate."
      )
    }
    return value
  }

  private static func risk(_ fields: Fields, _ key: String) throws(Mistake) -> Double? {
    guard let value = try fields.number(key) else { return nil }
    guard value > 0, value <= 0.5 else {
      throw fields.place(of: key).refuse(
        "`\(key)` is a probability above 0 and at most 0.5, not \(value).",
        "Write for example 0.01."
      )
    }
    return value
  }

  private static func checkMargin(_ gate: CountedGate, _ fields: Fields) throws(Mistake) {
    guard gate.margin > 0, gate.min - gate.margin > 0 else {
      let given = fields.placesOf(["margin"]).isEmpty ? "min" : "margin"
      throw fields.place(of: given).refuse(
        "`min` less `margin` is \(gate.min - gate.margin); both must stay above 0.",
        "Write a `margin` between 0 and \(gate.min)."
      )
    }
  }
}
