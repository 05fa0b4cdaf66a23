import { TreeSelect } from 'antd';
import { useMemo } from 'react';
import { useInstallation } from '../../link/installation.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { branchOf, childrenOf } from './centre-branches.js';

export interface CentreChoiceProps {
  readonly id?: string;
  readonly className?: string;
  readonly value?: string | undefined;
  readonly onChange?: (centre: string) => void;
}

/** One centre of the own subtree, found by name or by going down the tree. */
export function CentreChoice({ id, className, value, onChange }: CentreChoiceProps) {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  const { session, centres } = useInstallation();
  const own = session.centre.id;
  const tree = useMemo(
    () => branchOf(own, { centres, below: childrenOf(centres), language }),
    [own, centres, language],
  );
  return (
    <TreeSelect
      {...(id === undefined ? {} : { id })}
      {...(className === undefined ? {} : { className })}
      {...(value === undefined ? {} : { value })}
      treeData={tree ? [tree] : []}
      showSearch={{ treeNodeFilterProp: 'title' }}
      treeDefaultExpandedKeys={[own]}
      popupMatchSelectWidth={false}
      placeholder={text.desk.pickCentre}
      aria-label={text.desk.pickCentre}
      onChange={(centre: string) => onChange?.(centre)}
    />
  );
}
