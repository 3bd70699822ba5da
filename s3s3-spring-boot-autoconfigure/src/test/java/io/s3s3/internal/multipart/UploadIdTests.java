package io.s3s3.internal.multipart;

import java.util.Objects;

import io.s3s3.location.Location;
import io.s3s3.location.LocationPair;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link UploadId}.
 */
class UploadIdTests {

	private final Location east = location(LocationRole.PRIMARY, "east", Region.US_EAST_1);

	private final Location west = location(LocationRole.SECONDARY, "west", Region.US_WEST_2);

	private final LocationPair pair = new LocationPair(this.east, this.west);

	@ParameterizedTest
	@ValueSource(
			strings = { "u", "2~abc.DEF_-", "ü %/?&=+", "VXBsb2FkIElEIGZvciA2aWWpbmcncyBteS1tb3ZpZS5tMnRzIHVwbG9hZA" })
	void namesItsIssuerAndTheRealId(String realId) {
		String id = UploadId.of(this.west, realId);

		UploadId read = Objects.requireNonNull(UploadId.parse(id));

		assertThat(id).matches("[A-Za-z0-9_-]+").hasSizeLessThanOrEqualTo(1024);
		assertThat(read.realId()).isEqualTo(realId);
		assertThat(read.issuerIn(this.pair)).isEqualTo(this.west);
		assertThat(read).hasToString(id);
		assertThat(UploadId.of(this.west, realId)).isEqualTo(id);
	}

	@Test
	void isTheRealOneIfThatIsTooLong() {
		String longId = "x".repeat(1000);

		assertThat(UploadId.of(this.east, longId)).isEqualTo(longId);
		assertThat(UploadId.of(this.east, "x".repeat(700))).hasSizeLessThanOrEqualTo(1024).startsWith("s3s3");
	}

	@Test
	void isNoneIfAnyCharacterIsAnotherOne() {
		String id = UploadId.of(this.east, "real-id");
		for (int i = 0; i < id.length(); i++) {
			char other = (id.charAt(i) == 'A') ? 'B' : 'A';
			assertThat(UploadId.parse(id.substring(0, i) + other + id.substring(i + 1))).as("at %s", i).isNull();
			assertThat(UploadId.parse(id.substring(0, i))).isNull();
		}
		assertThat(UploadId.parse(id + "A")).isNull();
		assertThat(UploadId.parse(id + "=")).isNull();
		assertThat(UploadId.parse(null)).isNull();
		assertThat(UploadId.parse("s3s31")).isNull();
	}

	@Test
	void isOfNoLocationOfAnotherPair() {
		LocationPair others = new LocationPair(location(LocationRole.PRIMARY, "north", Region.US_EAST_1),
				location(LocationRole.SECONDARY, "south", Region.US_WEST_2));

		assertThat(Objects.requireNonNull(UploadId.parse(UploadId.of(this.east, "u"))).issuerIn(others)).isNull();
	}

	@Test
	void findsItsIssuerWhereRolesAreTheOtherWayRound() {
		Location east = location(LocationRole.SECONDARY, "east", Region.US_EAST_1);
		LocationPair swapped = new LocationPair(location(LocationRole.PRIMARY, "west", Region.US_WEST_2), east);

		assertThat(Objects.requireNonNull(UploadId.parse(UploadId.of(this.east, "u"))).issuerIn(swapped))
			.isEqualTo(east);
	}

	@Test
	void tellsBucketsOfOneNameByTheirPlaces() {
		Location one = location(LocationRole.PRIMARY, "same", Region.US_EAST_1);
		Location other = location(LocationRole.SECONDARY, "same", Region.US_WEST_2);
		String id = UploadId.of(other, "u");

		assertThat(Objects.requireNonNull(UploadId.parse(id)).issuerIn(new LocationPair(one, other))).isEqualTo(other);
		Location swapped = location(LocationRole.PRIMARY, "same", Region.US_WEST_2);
		assertThat(Objects.requireNonNull(UploadId.parse(id))
			.issuerIn(new LocationPair(swapped, location(LocationRole.SECONDARY, "same", Region.US_EAST_1))))
			.isEqualTo(swapped);
	}

	@Test
	void tellsBucketsOfOneNameByTheirRolesWhereNoPlaceIsKnown() {
		Location one = Location.of(LocationRole.PRIMARY, mock(S3Client.class), "same");
		Location other = Location.of(LocationRole.SECONDARY, mock(S3Client.class), "same");

		assertThat(
				Objects.requireNonNull(UploadId.parse(UploadId.of(other, "u"))).issuerIn(new LocationPair(one, other)))
			.isEqualTo(other);
	}

	private static Location location(LocationRole role, String bucket, Region region) {
		S3Client client = mock(S3Client.class);
		S3ServiceClientConfiguration configuration = S3ServiceClientConfiguration.builder().region(region).build();
		given(client.serviceClientConfiguration()).willReturn(configuration);
		return Location.of(role, client, bucket);
	}

}
