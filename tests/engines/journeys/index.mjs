/**
 * All journeys, in the order of a run.
 */
import { journeys as budgets } from "./budgets.mjs";
import { journeys as leaving } from "./leaving.mjs";
import { journeys as members } from "./members.mjs";
import { journeys as proxies } from "./proxies.mjs";
import { journeys as session } from "./session.mjs";
import { journeys as workspaces } from "./workspaces.mjs";

export const JOURNEYS = [...session, ...workspaces, ...leaving, ...budgets, ...members, ...proxies];
