import { FLOW, type FlowRow, INCIDENT_STATUSES } from '@app/shared';
import { en } from '../../../../web/src/ui/texts/en.js';
import { zhHans } from '../../../../web/src/ui/texts/zh-hans.js';

/** The page of the flow, made of the table that the server decides by. */
export function flowPage(): string {
  return `# The flow of an incident

Made of \`FLOW\` in \`shared/src/incident-flow.ts\`, the table that the server decides by and the screens draw their
buttons from. Not written by hand: \`UPDATE_FLOW_PAGE=1 npm test -- web flow-page\` writes it anew, and the same test
fails when page and table differ.

\`\`\`mermaid
stateDiagram-v2
${INCIDENT_STATUSES.map((status) => `  ${status}: ${zhHans.status[status]} ${status}`).join('\n')}
  [*] --> reported
${arrows().join('\n')}
\`\`\`

Steps that leave the status as it is are in the table alone. A level is told by place in the tree: \`below-top\` and
\`above-lowest\`, the holder has a centre above it, below it; \`upper\`, a level above the holder's, the top for its own;
\`giver\`, no lower than the centre from which the duty came down; \`supervisor\`, no lower than the one that supervises.
A city may narrow each level, and says which evidence is wanted: \`GET /api/flow-rules\`.

| action | 中文 | English | from | to | by | roles | level | needs |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${FLOW.map(lineOf).join('\n')}
`;
}

/** One arrow for each pair of statuses, with the actions on it. */
function arrows(): string[] {
  const labels = new Map<string, string[]>();
  for (const { action, from, to } of FLOW)
    for (const status of from) {
      if (status === to) continue;
      const arrow = `  ${status} --> ${to}`;
      labels.set(arrow, [...(labels.get(arrow) ?? []), zhHans.action[action]]);
    }
  return [...labels].map(([arrow, actions]) => `${arrow}: ${actions.join('、')}`);
}

function lineOf({ action, from, to, parties, roles, level, needs, hasEvidence, isMain }: FlowRow): string {
  const cells = [
    isMain ? `**${action}**` : action,
    zhHans.action[action],
    en.action[action],
    from.join(', '),
    to,
    parties.join(', '),
    roles.join(', '),
    level,
    [...needs, ...(hasEvidence ? ['evidence'] : [])].join(', '),
  ];
  return `| ${cells.join(' | ')} |`;
}
