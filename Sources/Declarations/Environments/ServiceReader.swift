import ReleaseCore

/// Reads `service:`, `platform:` and `targets:`.
struct ServiceReader {
  /// The adapters that know the settings under `platform:`.
  let makers: [any PlatformMaker]

  /// The targets of an environment, at least one.
  func targets(_ environment: Fields) throws(DeclarationProblem) -> [Target] {
    do throws(Mistake) {
      let direct = environment.placesOf(["service", "platform"])
      if let list = try environment.node("targets") {
        if let other = direct.first {
          throw other.place.refuse(
            "`\(other.key)` and `targets` exclude each other.",
            "Move it into the targets, or remove `targets`."
          )
        }
        return try several(list)
      }
      guard let service = try environment.map("service") else {
        throw environment.place.refuse(
          "The environment has neither `service` nor `targets`.",
          "Add `service: {url: https://…}`."
        )
      }
      let platform = try platform(environment.node("platform"))
      return [Target(service: try self.service(service), platform: platform)]
    } catch {
      throw error.problem
    }
  }

  /// Lets each target's adapter check its settings.
  func check(_ targets: [Target]) throws(DeclarationProblem) {
    for target in targets {
      let maker = makers.first { $0.kind == target.platform.kind }
      try maker?.check(target.platform)
    }
  }

  private func several(_ node: YAMLNode) throws(Mistake) -> [Target] {
    guard case .list(let elements) = node.content, !elements.isEmpty else {
      throw node.place.refuse(
        "`targets` is a list of services, not \(node.kindName).",
        "Write each as `- {name: eu, wave: 1, service: {url: https://…}}`."
      )
    }
    var targets: [Target] = []
    for element in elements {
      let fields = try Fields(element, EnvironmentKeys.target, of: "targets")
      let target = try target(fields)
      guard !targets.contains(where: { $0.name == target.name }) else {
        throw fields.place(of: "name").refuse(
          "Two targets are called \"\(target.name)\".",
          "Give each its own name."
        )
      }
      targets.append(target)
    }
    return targets
  }

  private func target(_ fields: Fields) throws(Mistake) -> Target {
    let name = try fields.name("name") ?? ""
    guard NameRule.isPathComponent(name) else {
      throw fields.place(of: "name").refuse(
        "\"\(Spelling.excerpt(name))\" is no name for a target.",
        "Use letters, digits, dots, hyphens and underscores."
      )
    }
    guard let service = try fields.map("service") else {
      throw fields.place.refuse("The target has no `service`.", "Add `service: {url: https://…}`.")
    }
    return Target(
      name: TargetName(name),
      wave: try fields.whole("wave") ?? 1,
      service: try self.service(service),
      platform: try platform(fields.node("platform"))
    )
  }

  private func service(_ fields: Fields) throws(Mistake) -> Service {
    guard let address = try fields.node("url") else {
      throw fields.place.refuse("The service has no `url`.", "Add `url: https://…`.")
    }
    var service = Service(url: try ServiceAddress.read(address))
    if let report = try fields.map("reports-version") {
      if let path = try report.path("path") { service.reportsVersion.path = path }
      if let field = try report.name("field") { service.reportsVersion.field = field }
    }
    if let identity = try fields.map("identity") {
      if let successes = try identity.whole("successes") {
        service.identity.successes = successes
      }
      if let within = try identity.duration("within") { service.identity.within = within }
    }
    return service
  }

  private func platform(_ node: YAMLNode?) throws(Mistake) -> PlatformChoice {
    guard let node else { return PlatformChoice(kind: "none") }
    let known = (makers.map(\.kind) + ["none"]).reduce(into: [String]()) { kinds, kind in
      if !kinds.contains(kind) { kinds.append(kind) }
    }
    guard let fields = node.fields else {
      guard let word = node.text else {
        throw node.place.refuse(
          "`platform` is `none` or a mapping with one platform, not \(node.kindName).",
          "Write for example `platform: none`; known are \(Spelling.list(known))."
        )
      }
      guard word == "none" else { throw notAlone(word, at: node.place, known: known) }
      return PlatformChoice(kind: "none", place: node.place.description)
    }
    guard let field = fields.first, fields.count == 1 else {
      throw (fields.dropFirst().first?.place ?? node.place).refuse(
        "`platform` names \(fields.count) platforms; it is exactly one.",
        "Keep one; several services stand under `targets`."
      )
    }
    guard field.key != "none", known.contains(field.key) else {
      throw notAlone(field.key, at: field.place, known: known)
    }
    return PlatformChoice(
      kind: field.key,
      settings: try settings(field),
      place: field.place.description
    )
  }

  private func settings(_ field: YAMLNode.Field) throws(Mistake) -> [String: Setting] {
    guard !field.value.isEmpty else { return [:] }
    guard case .map(let settings) = Setting(field.value).value else {
      throw field.value.place.refuse(
        "`\(field.key)` is a mapping of settings, not \(field.value.kindName).",
        "Write its settings below it, indented, or between braces."
      )
    }
    return settings
  }

  private func notAlone(_ word: String, at place: Place, known: [String]) -> Mistake {
    if word == "none" {
      return place.refuse("`none` has no settings.", "Write `platform: none`.")
    }
    if known.contains(word) {
      return place.refuse(
        "`\(word)` needs its settings.",
        "Write `platform: {\(word): {…}}`."
      )
    }
    let near = Spelling.nearest(to: word, among: known)
    return place.refuse(
      "There is no platform `\(Spelling.excerpt(word))`.",
      near.map { "Did you mean `\($0)`?" } ?? "Known are \(Spelling.list(known))."
    )
  }
}
