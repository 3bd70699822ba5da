package io.s3s3.location;

import io.s3s3.health.ProbeResult;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link LocationPair} and {@link Location}.
 */
class LocationPairTests {

	private final S3Client client = mock(S3Client.class);

	private final Location primary = new Location(LocationRole.PRIMARY, this.client, "east", "123456789012", null);

	private final Location secondary = Location.of(LocationRole.SECONDARY, this.client, "west");

	private final LocationPair pair = new LocationPair(this.primary, this.secondary);

	@Test
	void ownsItsBucketsAndWhatNamesNone() {
		assertThat(this.pair.owns("east")).isTrue();
		assertThat(this.pair.owns("west")).isTrue();
		assertThat(this.pair.owns(null)).isTrue();
		assertThat(this.pair.owns("north")).isFalse();
		assertThat(this.pair.get(LocationRole.PRIMARY)).isSameAs(this.primary);
		assertThat(this.pair.get(LocationRole.SECONDARY)).isSameAs(this.secondary);
	}

	@Test
	void refusesLocationsInEachOthersPlace() {
		assertThatIllegalArgumentException().isThrownBy(() -> new LocationPair(this.secondary, this.secondary))
			.withMessageContaining("PRIMARY");
		assertThatIllegalArgumentException().isThrownBy(() -> new LocationPair(this.primary, this.primary))
			.withMessageContaining("SECONDARY");
	}

	@Test
	void refusesALocationWithoutABucket() {
		assertThatIllegalArgumentException().isThrownBy(() -> Location.of(LocationRole.PRIMARY, this.client, " "))
			.withMessage("The bucket of the primary location is required");
	}

	@Test
	void namesALocationByRoleAndBucket() {
		assertThat(this.primary).hasToString("primary (bucket east)");
		assertThat(this.primary.ofAnyOwner().expectedBucketOwner()).isNull();
		assertThat(this.primary.ofAnyOwner().bucket()).isEqualTo("east");
		assertThat(LocationRole.PRIMARY.other()).isEqualTo(LocationRole.SECONDARY);
		assertThat(LocationRole.SECONDARY.other()).isEqualTo(LocationRole.PRIMARY);
		assertThat(ProbeResult.DENIED.tag()).isEqualTo("denied");
	}

}
