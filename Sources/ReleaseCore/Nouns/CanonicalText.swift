extension Gate {
  /// The gate as a text that is the same in every process and differs when the gate does.
  ///
  /// Fields are listed one by one: a dictionary has another order in each process, so a
  /// description by reflection would forget a rejection at every restart.
  var canonical: String {
    let fields: [String]
    switch kind {
    case .offline(let gate):
      fields = ["offline", gate.metric, text(gate.min), text(gate.maxDrop)]
    case .health(let gate):
      fields =
        ["health", gate.path, "\(gate.successes)", gate.within.text]
        + gate.expect.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
    case .counted(let gate):
      fields = [
        "counted", gate.path, gate.good, gate.total, "\(gate.min)", "\(gate.margin)",
        "\(gate.alpha)", "\(gate.beta)", "\(gate.samplesMin)", "\(gate.samplesMax)",
        gate.within.text,
      ]
    case .gauge(let gate):
      fields = [
        "gauge", gate.path, gate.metric, "\(gate.min)", "\(gate.readings)", gate.within.text,
      ]
    }
    return canonicalText([name.rawValue] + fields)
  }

  private func text(_ number: Double?) -> String { number.map { "\($0)" } ?? "none" }
}

extension Target {
  /// The part of the target by which a release is carried out or judged, as a text like that of a
  /// gate.
  var canonical: String {
    canonicalText([
      name.rawValue, "\(wave)", service.url, service.reportsVersion.path,
      service.reportsVersion.field, "\(service.identity.successes)",
      service.identity.within.text, platform.kind,
    ])
  }
}

/// Fields as one text that no other fields have: each with its length in front.
private func canonicalText(_ fields: [String]) -> String {
  var text = ""
  for field in fields { text += "\(field.utf8.count):\(field)" }
  return text
}
