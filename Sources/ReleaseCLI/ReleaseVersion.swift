/// The version of this program.
enum ReleaseVersion {
  /// As `release --version` prints it.
  static let text = "0.1.0"
}
