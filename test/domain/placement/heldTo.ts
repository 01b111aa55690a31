/**
 * What every transition is held to, written apart from the table that is enforced: by whom, from where to where, and what must be
 * there. A slip in the one is seen in the other. From domain.md's flow and rules 1, 5, 8, 10 and 15.
 */
export const HELD_TO: Record<string, { by: string; from: string[]; to: string; needs: string[] }> = {
  'offer.send': {
    by: 'send_offers',
    from: ['none'],
    to: 'sent',
    needs: [
      'need_registered',
      'no_home_accepted',
      'not_offered_before',
      'place_not_closed',
      'place_not_taken',
      'place_not_held',
      'place_fits',
      'skip_explained',
    ],
  },
  'offer.accept': {
    by: 'answer_offers',
    from: ['sent', 'superseded'],
    to: 'accepted',
    needs: ['need_registered', 'no_home_accepted', 'place_not_closed', 'place_not_taken', 'place_not_held'],
  },
  'offer.decline': {
    by: 'answer_offers',
    from: ['sent', 'conditional', 'superseded', 'accepted'],
    to: 'declined',
    needs: ['lease_not_signed', 'nobody_left_for_it'],
  },
  'offer.withdraw': {
    by: 'send_offers',
    from: ['sent', 'conditional', 'superseded', 'accepted'],
    to: 'withdrawn',
    needs: ['nobody_left_for_it'],
  },
  'offer.extend': { by: 'send_offers', from: ['sent', 'conditional'], to: 'sent', needs: [] },
  'offer.expire': { by: 'system', from: ['sent', 'conditional', 'superseded'], to: 'expired', needs: [] },
  'offer.sign_lease': {
    by: 'record_leases',
    from: ['accepted'],
    to: 'accepted',
    needs: ['form_has_lease', 'step_before_moved'],
  },
  'offer.move_in': {
    by: 'record_moves',
    from: ['accepted'],
    to: 'moved_in',
    needs: ['need_registered', 'lease_signed', 'decision_granted', 'place_not_taken', 'place_not_closed'],
  },
  'offer.not_arrive': {
    by: 'record_moves',
    from: ['accepted'],
    to: 'not_arrived',
    needs: ['move_in_day_passed', 'nobody_left_for_it'],
  },
  'referral.send': {
    by: 'send_referrals',
    from: ['none'],
    to: 'sent',
    needs: ['need_registered', 'no_home_accepted', 'given_by_vel', 'no_open_referral'],
  },
  'referral.give_place': {
    by: 'answer_referrals',
    from: ['sent', 'overdue', 'waiting'],
    to: 'place_given',
    needs: [
      'need_registered',
      'no_home_accepted',
      'given_by_vel',
      'not_offered_before',
      'place_not_closed',
      'place_not_taken',
      'place_not_held',
      'place_fits',
    ],
  },
  'referral.wait': { by: 'answer_referrals', from: ['sent', 'overdue'], to: 'waiting', needs: ['need_registered'] },
  'referral.decline': { by: 'answer_referrals', from: ['sent', 'overdue', 'waiting'], to: 'declined', needs: [] },
  'referral.withdraw': { by: 'send_referrals', from: ['sent', 'overdue', 'waiting'], to: 'withdrawn', needs: [] },
  'stay.extend': { by: 'record_moves', from: ['present', 'overdue'], to: 'present', needs: [] },
  'stay.depart': { by: 'record_moves', from: ['present', 'overdue'], to: 'departed', needs: ['next_home_ready'] },
  'stay.transfer': {
    by: 'record_moves',
    from: ['present', 'overdue'],
    to: 'departed',
    needs: ['same_form', 'place_not_closed', 'place_not_taken', 'place_not_held', 'place_fits'],
  },
  'stay.correct_departure': {
    by: 'record_moves',
    from: ['departed'],
    to: 'present',
    needs: ['left_by_departure', 'place_not_taken', 'place_not_held', 'next_home_ready'],
  },
  'stay.correct_move_in': {
    by: 'record_moves',
    from: ['present', 'overdue', 'departed'],
    to: 'present',
    needs: ['came_by_move_in'],
  },
  'need.withdraw': {
    by: 'register_needs',
    from: ['draft', 'registered'],
    to: 'withdrawn',
    needs: ['nothing_signed', 'nobody_left_for_offer'],
  },
}
