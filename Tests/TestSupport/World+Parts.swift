import FoundationEssentials

extension World {
  /// What a world is built from.
  struct Parts {
    let registered: RegisteredModel?
    let model: String
    let binary: ReleaseBinary
    private let artifacts: String
    private let python: String?

    init(_ registry: World.Registry, home: String) async throws {
      artifacts = home + "/artifacts"
      var variables: [String: String] = [:]
      switch registry {
      case .mlflow(let kind):
        let registered = try await TrainedModel.copy(in: kind)
        variables["MLFLOW_TRACKING_URI"] = registered.server.address
        python = try await kind.python.folder()
        model = registered.name
        self.registered = registered
      case .embedded:
        (registered, python, model) = (nil, nil, "iris")
      }
      binary = try ReleaseBinary(home: home, variables: variables)
      try layOutArtifacts()
    }

    /// The demo's models, as the sample service looks for them.
    private func layOutArtifacts() throws {
      for version in 1...3 {
        let folder = "\(artifacts)/\(model)/\(version)"
        try FileManager.default.createDirectory(
          atPath: folder,
          withIntermediateDirectories: true
        )
        try FileManager.default.copyItem(
          atPath: "\(Project.root)/demo/models/\(version).json",
          toPath: "\(folder)/model.json"
        )
      }
    }

    func text(of file: EnvironmentFile, ports: [String: Int]) -> String {
      file.text(model: model, ports: ports) { target, port in
        let sample = [
          Project.executable("sample-service"), "--port", "\(port)", "--artifacts", artifacts,
        ]
        switch file.service {
        case .fastAPI:
          let uvicorn = "\(python ?? "")/bin/uvicorn"
          return ([uvicorn, "service:app", "--port", "\(port)"], "\(Project.root)/examples/iris")
        case .sample: return (sample, nil)
        case .script(let script):
          return (["/bin/bash", "-c", "TARGET=\(target); \(script)", "script"] + sample, nil)
        case .none: return ([], nil)
        }
      }
    }
  }
}
