import ArgumentParser
import Registries
import ReleaseCore

/// `release registry`: the embedded registry, for teams without MLflow.
struct RegistryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "registry",
    abstract: "Look at the model registry, and fill the embedded one.",
    discussion: """
      Without MLFLOW_TRACKING_URI versions live in a registry of our own in the state folder. \
      Example:
        release registry add iris --artifact model.json --metric accuracy=0.97
      """,
    subcommands: [RegistryAddCommand.self, RegistryListCommand.self]
  )
}

/// `release registry add`: register a version in the embedded registry.
struct RegistryAddCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Register the next version of a model in the embedded registry."
  )

  @Argument(help: "The model.")
  var model: String

  @Option(help: ArgumentHelp("The model's file; it is copied.", valueName: "file"))
  var artifact: String

  @Option(
    help: ArgumentHelp("A metric of the training run, for offline gates.", valueName: "name=number")
  )
  var metric: [MetricArgument] = []

  @Option(help: ArgumentHelp("A tag.", valueName: "name=text"))
  var tag: [TagArgument] = []

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let wiring = Wiring(options)
    do throws(RegistryProblem) {
      let version = try await wiring.embedded().add(
        model: ModelName(model),
        artifact: artifact,
        metrics: Dictionary(metric.map { ($0.name, $0.value) }) { _, last in last },
        tags: Dictionary(tag.map { ($0.name, $0.value) }) { _, last in last }
      )
      switch options.output {
      case .text:
        say("\(model) version \(version) is registered in \(try wiring.embedded().place).")
      case .json: sayJSON(RegisteredShape(model: model, version: version.number))
      }
    } catch {
      throw Desk.report(error, options.output)
    }
    if wiring.usesMLflow {
      complain(
        "release: MLFLOW_TRACKING_URI is set, so releases use MLflow and not the embedded registry."
      )
    }
  }
}

/// `release registry list`: what the registry holds.
struct RegistryListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the versions of a model, or all models of the embedded registry.",
    discussion: """
      With MLFLOW_TRACKING_URI set, a model's versions are those in MLflow; without a model it is \
      always the embedded registry that is listed.
      """
  )

  @Argument(help: "The model.")
  var model: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let wiring = Wiring(options)
    let models: [ListedModel]
    let place: String
    do throws(RegistryProblem) {
      if let model {
        let name = ModelName(model)
        let registry = try wiring.registry()
        place = registry.place
        models = [ListedModel(name: name, versions: try await registry.versions(of: name))]
      } else {
        let registry = try wiring.embedded()
        place = registry.place
        models = try await registry.list()
      }
    } catch {
      throw Desk.report(error, options.output)
    }
    switch options.output {
    case .json:
      sayJSON(models.flatMap { model in model.versions.map { VersionShape(model.name, $0) } })
    case .text: show(models, in: place)
    }
    if model == nil, wiring.usesMLflow {
      complain(
        "release: MLFLOW_TRACKING_URI is set: releases use MLflow, and this is the embedded registry."
      )
    }
  }

  private func show(_ models: [ListedModel], in place: String) {
    guard models.contains(where: { !$0.versions.isEmpty }) else {
      say(
        """
        No version is registered in \(place). `release registry add MODEL --artifact FILE` adds one \
        to the embedded registry; with MLFLOW_TRACKING_URI set, releases use MLflow.
        """
      )
      return
    }
    say("Registered in \(place):")
    var table = Table(["MODEL", "VERSION", "STAGE", "ALIASES", "TAGS"])
    for model in models {
      for version in model.versions {
        table.add([
          model.name.rawValue, version.number.description, version.stage ?? "-",
          version.aliases.isEmpty ? "-" : version.aliases.joined(separator: ","),
          version.tags.sorted { $0.key < $1.key }.filter { $0.key.hasSuffix(".verdict") }
            .map { "\($0.key)=\($0.value)" }.joined(separator: " "),
        ])
      }
    }
    for line in table.lines { say(line) }
  }
}

/// `name=number`.
struct MetricArgument: ExpressibleByArgument {
  /// The metric's name.
  let name: String
  /// Its value, finite.
  let value: Double

  init?(argument: String) {
    guard let pair = TagArgument(argument: argument), let value = Double(pair.value),
      value.isFinite
    else { return nil }
    (name, self.value) = (pair.name, value)
  }
}

/// `name=text`.
struct TagArgument: ExpressibleByArgument {
  /// The name.
  let name: String
  /// The text.
  let value: String

  init?(argument: String) {
    guard let sign = argument.firstIndex(of: "="), sign != argument.startIndex else { return nil }
    name = String(argument[..<sign])
    value = String(argument[argument.index(after: sign)...])
  }
}

/// A new version as programs read it.
struct RegisteredShape: Encodable {
  let schema = "release/registered/1"
  let model: String
  let version: Int
}

/// A version as programs read it.
struct VersionShape: Encodable {
  let schema = "release/version/1"
  let model: String
  let version: Int
  let digest: String
  let stage: String?
  let aliases: [String]
  let metrics: [String: Double]
  let tags: [String: String]

  init(_ model: ModelName, _ registered: RegisteredVersion) {
    self.model = model.rawValue
    version = registered.number.number
    digest = registered.digest
    stage = registered.stage
    aliases = registered.aliases
    metrics = registered.metrics
    tags = registered.tags
  }
}
