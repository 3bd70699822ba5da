package io.s3s3.internal.consistency;

import java.util.ArrayList;
import java.util.List;

import io.s3s3.location.Location;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ExaminationTests extends Histories {

	private final RecentWrites writes = new LocalWrites(1_000_000);

	private final S3Client east = Mockito.mock(S3Client.class);

	private final List<@Nullable String> asked = new ArrayList<>();

	@ParameterizedTest
	@ValueSource(ints = { 400, 403, 405 })
	void provesNothingWhereItMayNotLook(int status) {
		answer(S3Exception.builder().statusCode(status).build());

		assertThat(examine(history(put(LocationRole.PRIMARY, "v1", "a", 1, 2)))).isEqualTo(Verdict.UNPROVEN);
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 503, 429 })
	void learnsNothingFromALocationThatIsNotWell(int status) {
		answer(S3Exception.builder().statusCode(status).build());

		assertThatExceptionOfType(S3Exception.class)
			.isThrownBy(() -> examine(history(put(LocationRole.PRIMARY, "v1", "a", 1, 2))));
	}

	@Test
	void asksForOneOfSeveralLastVersionsIfThatIsThere() {
		Mockito.when(this.east.headObject(Mockito.any(HeadObjectRequest.class))).thenAnswer((call) -> {
			String version = call.<HeadObjectRequest>getArgument(0).versionId();
			this.asked.add(version);
			return HeadObjectResponse.builder().versionId((version != null) ? version : "v0").build();
		});

		assertThat(examine(history(put(LocationRole.SECONDARY, "v0", "0", 1, 2),
				put(LocationRole.PRIMARY, "v1", "a", 3, 6), put(LocationRole.PRIMARY, "v2", "b", 4, 7))))
			.isEqualTo(Verdict.BURIED);
		assertThat(this.asked).containsExactly(null, "v2");
	}

	@Test
	void listsVersionsOfKeysThatXmlCannotRepresent() {
		answer(NoSuchKeyException.builder().statusCode(404).build());
		Mockito.when(this.east.listObjectVersions(Mockito.any(ListObjectVersionsRequest.class)))
			.thenThrow(SdkClientException.create("Could not parse XML response"));

		assertThat(
				examine(history(delete(LocationRole.SECONDARY, "m", 1, 2), put(LocationRole.PRIMARY, "v1", "a", 3, 4))))
			.isEqualTo(Verdict.UNPROVEN);
		Mockito.verify(this.east)
			.listObjectVersions(Mockito
				.<ListObjectVersionsRequest>argThat((request) -> request.encodingType() == EncodingType.URL));
	}

	private void answer(RuntimeException error) {
		Mockito.when(this.east.headObject(Mockito.any(HeadObjectRequest.class))).thenThrow(error);
	}

	private Verdict examine(KeyHistory history) {
		this.writes.written("key", (none) -> history);
		return new Examination("key", history, this.writes,
				new Location(LocationRole.PRIMARY, this.east, "east", null, null))
			.verdict();
	}

}
