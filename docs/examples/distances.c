/* The distances between three cities. */
#include <dmatrix/dmatrix.h>

#include <stdio.h>

int main(void)
{
    double lat[] = {48.8566, 41.9028, -12.0464}, lon[] = {2.3522, 12.4964, -77.0428}, metres[9];
    struct dm_error error;
    if (dm_distance_matrix(&(struct dm_points){3, lat, lon}, NULL, NULL, metres, &error) != DM_OK)
        return fprintf(stderr, "%s\n", error.message), 1;
    for (int i = 0; i < 9; i++)
        printf("%.3f%c", metres[i], i % 3 == 2 ? '\n' : ' ');
    return 0;
}
