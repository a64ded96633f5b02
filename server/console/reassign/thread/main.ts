import { parentPort, workerData } from "node:worker_threads";
import { planTask, type PlanTask } from "../plan-task.ts";

// What the console gives, and nobody else starts this file.
parentPort?.postMessage(planTask(workerData as PlanTask));
