// The reference deployment on Railway: the iris API, the controller that releases its versions, and
// a database for the controller. `railway config plan` shows what would change, and
// `railway config apply` makes it so; docs/platforms/README.md says how to begin.
//
// It takes the place of railway.json, which Railway stops reading on 2026-12-01. A service cannot
// be managed by both: delete railway.json before the first `railway config apply`. This file cannot
// say which changes are deployed: switch automatic deploys of iris-api off in its settings.
import {
  defineRailway,
  github,
  postgres,
  preserve,
  project,
  service,
  volume,
} from "railway/iac";

// CHANGE THIS: the repository with environments/, and the code of both services.
const repository = "OWNER/REPO";

export default defineRailway(() => {
  const journal = postgres("release-journal");
  const state = volume("release-state", { sizeMB: 1024 });

  const iris = service("iris-api", {
    source: github(repository, { branch: "main" }),
    healthcheck: "/health",
    healthcheckTimeout: 300,
    env: {
      RAILWAY_DOCKERFILE_PATH: "examples/iris/Dockerfile",
      MODEL_NAME: "iris",
      // `release` sets it. A value here, or no line at all, would undo its work with every apply.
      MODEL_VERSION: preserve(),
      MLFLOW_TRACKING_URI: preserve(),
      MLFLOW_TRACKING_USERNAME: preserve(),
      MLFLOW_TRACKING_PASSWORD: preserve(),
    },
  });

  const controller = service("release", {
    source: github(repository, { branch: "main" }),
    start: `release reconcile --every 60s --repository https://github.com/${repository}.git --state /var/lib/release`,
    volumeMounts: { "/var/lib/release": state },
    env: {
      // Railway's volumes belong to root.
      RAILWAY_RUN_UID: "0",
      RAILWAY_API_TOKEN: preserve(),
      GITHUB_TOKEN: preserve(),
      MLFLOW_TRACKING_URI: preserve(),
      MLFLOW_TRACKING_USERNAME: preserve(),
      MLFLOW_TRACKING_PASSWORD: preserve(),
      DATABASE_URL: journal.env.DATABASE_URL,
    },
  });

  return project("iris", { resources: [journal, state, iris, controller] });
});
