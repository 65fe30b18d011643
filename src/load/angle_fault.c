#include "load/angle_fault.h"

static const char *const texts[] = {
    [DM_ANGLE_OK] = "is a coordinate",
    [DM_ANGLE_EMPTY] = "is empty",
    [DM_ANGLE_SYNTAX] = "is not a coordinate",
    [DM_ANGLE_DECIMAL_MARK] = "has another decimal mark than expected",
    [DM_ANGLE_TOO_MANY_MINUTES] = "has minutes or seconds of 60 or more",
    [DM_ANGLE_FRACTION_BEFORE_MINUTES] = "has a fraction before its minutes or seconds",
    [DM_ANGLE_NO_MINUTES] = "has seconds but no minutes",
    [DM_ANGLE_WRONG_AXIS] = "has a hemisphere of the other axis",
    [DM_ANGLE_SIGN_AND_LETTER] = "has both a sign and a hemisphere letter",
    [DM_ANGLE_AMBIGUOUS_O] = "has the letter O, which may mean east or west; write E or W",
    [DM_ANGLE_AMBIGUOUS_S] = "has an s that may mean seconds or south",
    [DM_ANGLE_AMBIGUOUS_DIGITS] = "has too many or too few digits before the decimal mark",
    [DM_ANGLE_AMBIGUOUS_PAIR] = "does not show where the second coordinate begins",
    [DM_ANGLE_ONE_LETTER] = "has a hemisphere for only one of its coordinates",
    [DM_ANGLE_SAME_AXIS] = "has two latitudes or two longitudes",
    [DM_ANGLE_OTHER_SRID] = "has an SRID other than 4326",
};

const char *dm_angle_fault_text(enum dm_angle_fault fault)
{
    return texts[fault];
}
