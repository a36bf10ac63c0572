/// A secret that cannot be printed, encoded or compared by accident.
package struct Redacted: Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// The secret itself; reading it is the one visible act.
  package let revealed: String

  /// Wraps a secret.
  package init(_ secret: String) { revealed = secret }

  /// Never the secret.
  package var description: String { "[redacted]" }
  /// Never the secret.
  package var debugDescription: String { "[redacted]" }
  /// Nothing to look into, so `dump` shows nothing.
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
