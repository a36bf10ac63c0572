import FoundationEssentials

/// A stand-in for a hosting platform, from `Tests/StandIns`, as a server of its own.
///
/// It ends with the last reference to it, and with this process.
package final class StandIn: Sendable {
  /// It did not do what it was told; this is what it said.
  package struct Failure: Error, CustomStringConvertible {
    /// Its words.
    package let description: String
  }

  /// Where the vendor's API is.
  package let url: String
  /// Where the hosted service is.
  package let front: String
  private let program: ChildProcess

  /// Starts `Tests/StandIns/NAME.py`; it checks contracts where `Scripts/python-env.sh standins` ran.
  ///
  /// - Parameters:
  ///   - name: The vendor's name.
  ///   - options: As the file's head describes them.
  /// - Throws: When it does not start.
  package init(_ name: String, _ options: [String]) async throws {
    let arguments = [Self.python, "\(Project.root)/Tests/StandIns/\(name).py"] + options
    let program = try ChildProcess(arguments, variables: ["PYTHONDONTWRITEBYTECODE": "1"])
    let ready = try JSON(try await program.nextLine())
    self.program = program
    url = ready["url"]?.text ?? ""
    front = ready["front"]?.text ?? ""
  }

  /// Orders something, in the JSON that the stand-in's head describes.
  package func order(_ json: String) async throws {
    let answer = try await HTTP.send("POST", url + "/__control", json: json)
    guard answer.status == 200 else { throw Failure(description: answer.body) }
  }

  /// What it was asked and what state it is in, as JSON.
  package func report() async throws -> String {
    try await HTTP.get(url + "/__control").body
  }

  /// Python with what checks the contracts, else any Python.
  private static let python: String = {
    let cache = Project.root + "/.cache"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: cache)) ?? []
    let made = names.first { name in
      name.hasPrefix("venv-standins-")
        && FileManager.default.fileExists(atPath: "\(cache)/\(name)/complete")
    }
    return made.map { "\(cache)/\($0)/bin/python" } ?? "python3"
  }()
}
