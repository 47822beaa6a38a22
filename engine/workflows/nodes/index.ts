/** The registry of node types: one line each. */
import type { NodeType } from '../node-type.ts';
import { aggregate } from './aggregate.ts';
import { approval } from './approval.ts';
import { assign } from './assign.ts';
import { classify } from './classify.ts';
import { condition } from './condition.ts';
import { create } from './create.ts';
import { deleteNode } from './delete.ts';
import { end } from './end.ts';
import { find } from './find.ts';
import { groupMessage } from './group-message.ts';
import { http } from './http.ts';
import { loop } from './loop.ts';
import { notify } from './notify.ts';
import { parallel } from './parallel.ts';
import { pointing } from './pointing.ts';
import { refuse } from './refuse.ts';
import { set } from './set.ts';
import { setFields } from './set-fields.ts';
import { switchNode } from './switch.ts';
import { transaction } from './transaction.ts';
import { update } from './update.ts';
import { wait } from './wait.ts';
import { elapsed } from './elapsed.ts';
import { moment } from './moment.ts';
import { waitFor } from './wait-for.ts';
import { waitUntil } from './wait-until.ts';
import { workflowNode } from './workflow.ts';

export const NODE_TYPES = {
  condition,
  switch: switchNode,
  parallel,
  loop,
  transaction,
  set,
  workflow: workflowNode,
  end,
  find,
  aggregate,
  classify,
  create,
  update,
  delete: deleteNode,
  pointing,
  setFields,
  refuse,
  notify,
  assign,
  approval,
  wait,
  waitUntil,
  waitFor,
  moment,
  elapsed,
  http,
  groupMessage,
} as const satisfies Record<string, NodeType>;
export type NodeTypeName = keyof typeof NODE_TYPES;

/** Of a node in checked definitions. */
export function nodeTypeOf(node: { readonly type: string }): NodeType {
  return NODE_TYPES[node.type as NodeTypeName];
}
