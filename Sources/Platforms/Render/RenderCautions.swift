import ReleaseCore

extension RenderSettings {
  /// What may later undo or blur a release on the service.
  func cautions(about service: RenderService, deploys: [RenderDeploy]) -> [Caution] {
    var cautions: [Caution] = []
    if service.deploysOnPush {
      cautions.append(
        Caution(
          "a push deploys \(self.service) too; it keeps the released version, but gates then judge "
            + "new code along with it",
          nextStep: "Set autoDeployTrigger to off to part the two."
        )
      )
    }
    if let variable, deploys.contains(where: { $0.trigger == "blueprint_sync" }) {
      cautions.append(
        Caution(
          "a Blueprint manages \(self.service); if it gives \(variable) a value, the next sync "
            + "undoes the release",
          nextStep: "Leave \(variable) out of its render.yaml, or write sync: false."
        )
      )
    }
    return cautions
  }
}
