import { JOURNEYS } from "./journeys/index.mjs";
import { runIn } from "./support/journey.mjs";

runIn("Chromium", JOURNEYS);
