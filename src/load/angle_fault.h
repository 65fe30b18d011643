/* angle_fault.h - why a text is not a coordinate. */
#ifndef LOAD_ANGLE_FAULT_H
#define LOAD_ANGLE_FAULT_H

enum dm_axis { DM_AXIS_LAT, DM_AXIS_LON };

enum dm_angle_fault {
    DM_ANGLE_OK,
    DM_ANGLE_EMPTY,
    DM_ANGLE_SYNTAX,                  /* none of the forms */
    DM_ANGLE_DECIMAL_MARK,            /* valid with the other decimal mark */
    DM_ANGLE_TOO_MANY_MINUTES,        /* minutes or seconds of 60 or more */
    DM_ANGLE_FRACTION_BEFORE_MINUTES, /* 48.5 degrees and 30 minutes, or the same for seconds */
    DM_ANGLE_NO_MINUTES,       /* a column of seconds has a value, that of minutes has none */
    DM_ANGLE_WRONG_AXIS,       /* east or west in a latitude, north or south in a longitude */
    DM_ANGLE_SIGN_AND_LETTER,  /* -33.9S: the sign may repeat the letter or reverse it */
    DM_ANGLE_AMBIGUOUS_O,      /* O is east in German, west in Romance languages */
    DM_ANGLE_AMBIGUOUS_S,      /* an s that is the unit or the hemisphere */
    DM_ANGLE_AMBIGUOUS_DIGITS, /* packed digits of another count than DDMM, DDMMSS */
    /* of pairs */
    DM_ANGLE_AMBIGUOUS_PAIR, /* more than one way to cut it into two coordinates */
    DM_ANGLE_ONE_LETTER,     /* a hemisphere for one coordinate but not the other */
    DM_ANGLE_SAME_AXIS,      /* two latitudes or two longitudes */
    DM_ANGLE_OTHER_SRID,     /* SRID=n; with another n than 4326 */
};

/* Return the rest of a sentence that begins with the coordinate, such as "has minutes or seconds of
 * 60 or more". */
const char *dm_angle_fault_text(enum dm_angle_fault fault);

#endif
