// swift-tools-version: 6.2
import PackageDescription

/// The same for every target: strict concurrency, explicit imports, no warnings.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
  // Without it the runtime searches all conformances of the program for each generic type that is met
  // for the first time: a tenth of the wall time of a short command. (No package can depend on this one
  // by version then; none does.)
  .unsafeFlags(
    ["-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors"],
    .when(configuration: .release)
  ),
]

/// A target of ours, with the settings of all.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// A program that only tests start.
func tool(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name,
    dependencies: dependencies,
    path: "Tests/\(name)",
    swiftSettings: settings
  )
}

/// The tests of a room, with the settings of all.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser",
  package: "swift-argument-parser"
)
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let serviceLifecycle = Target.Dependency.product(
  name: "ServiceLifecycle",
  package: "swift-service-lifecycle"
)
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let unixSignals = Target.Dependency.product(
  name: "UnixSignals",
  package: "swift-service-lifecycle"
)

let package = Package(
  name: "release",
  products: [
    .executable(name: "release", targets: ["ReleaseCLI"]),
    .executable(name: "sample-service", targets: ["SampleService"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird",
      from: "2.28.1",
      traits: []
    ),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    room("ReleaseCore", [.product(name: "RealModule", package: "swift-numerics")]),
    .systemLibrary(
      name: "CLibcurl",
      pkgConfig: "libcurl",
      providers: [.apt(["libcurl4-openssl-dev"])]
    ),
    .target(name: "CShims", dependencies: ["CLibcurl"]),
    .target(name: "CProcess"),
    .target(name: "CMemoryFile"),
    room("HTTPWire", ["CLibcurl", "CShims"]),
    room("Registries", ["ReleaseCore", "HTTPWire", grdb, crypto]),
    room("Platforms", ["ReleaseCore", "HTTPWire", "CProcess", crypto]),
    room("Gates", ["ReleaseCore", "HTTPWire"]),
    room("Git", ["ReleaseCore", "CMemoryFile", subprocess]),
    room("Declarations", ["ReleaseCore", "Git", .product(name: "Yams", package: "Yams")]),
    room("Journal", ["ReleaseCore", "Git", grdb, crypto]),
    room("Controller", ["ReleaseCore", logging]),
    .executableTarget(
      name: "ReleaseCLI",
      dependencies: [
        "ReleaseCore", "HTTPWire", "Registries", "Platforms", "Gates", "Declarations", "Journal",
        "Controller", argumentParser, logging, subprocess,
        .product(name: "Yams", package: "Yams"),
      ],
      // The demo's files are carried in the program; demo/README.md tells where they come from.
      resources: ["model1.json", "model2.json", "model3.json", "holdout.csv"].map {
        .embedInCode("Demo/Files/\($0)")
      },
      swiftSettings: settings
    ),
    .executableTarget(
      name: "SampleService",
      dependencies: [
        hummingbird, argumentParser, logging, serviceLifecycle, unixSignals,
      ],
      swiftSettings: settings
    ),
    // Programs that the tests start, to kill them or to let two of them race.
    tool("JournalCrashTool", ["Journal", "ReleaseCore"]),
    tool("RegistryRaceTool", ["Registries", "ReleaseCore", "HTTPWire"]),
    tests(
      "ReleaseCoreTests",
      ["ReleaseCore", .product(name: "RealModule", package: "swift-numerics")]
    ),
    tests("HTTPWireTests", ["HTTPWire", "CLibcurl", "CShims", "TestSupport"]),
    tests(
      "RegistriesTests",
      ["Registries", "ReleaseCore", "HTTPWire", "RegistryRaceTool", "TestSupport"]
    ),
    tests("PlatformsTests", ["Platforms", "ReleaseCore", "HTTPWire", "TestSupport", crypto]),
    tests("GatesTests", ["Gates", "ReleaseCore", "HTTPWire", "TestSupport"]),
    tests("GitTests", ["Git"]),
    tests("DeclarationsTests", ["Declarations", "ReleaseCore", subprocess]),
    tests(
      "JournalTests",
      [
        "Journal", "Git", "ReleaseCore", "Controller", "JournalCrashTool", "TestSupport", grdb,
        logging,
      ]
    ),
    tests("ControllerTests", ["Controller", "Journal", "ReleaseCore", logging]),
    tests(
      "SampleServiceTests",
      [
        "SampleService", "TestSupport", hummingbird,
        .product(name: "HummingbirdTesting", package: "hummingbird"),
      ]
    ),
    // What the tests of several rooms share: child processes, servers, repositories.
    .target(
      name: "TestSupport",
      dependencies: ["CSpawn"],
      path: "Tests/TestSupport",
      swiftSettings: settings
    ),
    .target(name: "CSpawn", path: "Tests/CSpawn"),
    // These start the built programs, which lie beside the test runner.
    tests("CommandTests", ["ReleaseCLI", "SampleService", "TestSupport"]),
    tests("JourneyTests", ["TestSupport", "ReleaseCLI", "SampleService"]),
    tests("DocsTests", []),
    tests("TidyTests", []),
  ]
)
