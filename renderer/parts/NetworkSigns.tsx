import { NETWORKS, type NetworkId } from '../../shared/domain/channel.ts'
import { CallSign, CallSigns } from '../ui/index.ts'

/** Networks by their call signs, whatever channels there are on them. */
export const NetworkSigns = ({ ids }: { ids: readonly NetworkId[] }) => (
  <CallSigns>
    {ids.map((id) => (
      <CallSign key={id} sign={NETWORKS[id].sign} hue={NETWORKS[id].hue} title={NETWORKS[id].name} />
    ))}
  </CallSigns>
)
