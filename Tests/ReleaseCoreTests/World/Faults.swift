/// How often the outside misbehaves, in percent; and at which points the controller dies.
struct Faults {
  /// A look does not see git, the registry, or the services.
  var blind = 0
  /// A step fails before it had any effect.
  var lostBefore = 0
  /// A step has its effect, and its answer is lost.
  var lostAfter = 0
  /// The controller dies between two entries.
  var crash = 0
  /// A death loses entries that need not survive one.
  var forget = 0
  /// The controller dies at these points, counted from 1.
  var crashPoints: Set<Int> = []

  static let none = Faults()
}
