import GRDB
import HTTPWire
import ReleaseCore

/// What an error of the database means to the registry's callers.
enum EmbeddedProblem {
  /// Turns any error of a database call into a problem of the registry.
  static func of(_ error: any Error, in place: String) -> RegistryProblem {
    if let problem = error as? RegistryProblem { return problem }
    guard let failure = error as? DatabaseError else {
      return .outOfOrder(registry: place, why: "The call did not end: \(type(of: error)).")
    }
    let why = "SQLite: \(failure.message ?? failure.resultCode.description)"
    switch failure.resultCode {
    case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
      return .refused(
        registry: place,
        why: why,
        nextStep: "Make the registry's folder writable for this user."
      )
    case .SQLITE_NOTADB, .SQLITE_CORRUPT:
      return .unintelligible(
        registry: place,
        why: why,
        nextStep: "Restore the registry's folder from a backup."
      )
    default:
      return .outOfOrder(registry: place, why: why)
    }
  }
}
