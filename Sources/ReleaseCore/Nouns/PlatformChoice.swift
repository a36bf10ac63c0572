/// Which platform serves a target, and that platform's own settings.
///
/// The core does not know the platforms: the adapter of that kind reads the settings.
package struct PlatformChoice: Sendable, Equatable, Codable {
  /// The adapter's name as declared, for example `none`, `process` or `render`.
  package var kind: String
  /// What stands under it; empty for `none`.
  package var settings: [String: Setting]
  /// Where it is declared: `environments/production.yaml:8:3`.
  package var place: String

  /// Names a platform with its settings.
  package init(kind: String, settings: [String: Setting] = [:], place: String = "") {
    self.kind = kind
    self.settings = settings
    self.place = place
  }

  /// Two choices are equal when kind and settings are: moving a line changes nothing.
  package static func == (left: Self, right: Self) -> Bool {
    left.kind == right.kind && left.settings == right.settings
  }
}
