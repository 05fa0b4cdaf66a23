import { Modal, Typography } from 'antd';
import { useText } from '../../ui/catalogue.js';

/** A secret that is told this once and never again; it can be copied, and must be put away by hand. */
export function SecretOnce({ secret, onClose }: { secret: string | undefined; onClose: () => void }) {
  const text = useText();
  return (
    <Modal
      open={secret !== undefined}
      title={text.desk.admin.secretTitle}
      okText={text.desk.admin.secretKept}
      cancelButtonProps={{ style: { display: 'none' } }}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      onOk={onClose}
    >
      <p>{text.desk.admin.secretOnce}</p>
      <Typography.Text code copyable className="secret">
        {secret ?? ''}
      </Typography.Text>
    </Modal>
  );
}
