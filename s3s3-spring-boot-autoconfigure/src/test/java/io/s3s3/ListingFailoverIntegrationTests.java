package io.s3s3;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

import io.s3s3.testkit.Closer;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.ListingStore;
import io.s3s3.testkit.ListingStore.Quirk;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Listings that continue at another location, of services that interpret S3 in their own
 * ways.
 */
class ListingFailoverIntegrationTests {

	private static final List<String> KEYS = List.of("a", "b", "c", "d", "e", "f", "g");

	@AutoClose
	private final Closer closer = new Closer();

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "FORGETS_TOKENS")
	void listsEachKeyOnceWhenAnotherLocationGoesOn(Quirk quirk) {
		ListingStore east = store("east");
		ListingStore west = store("west", quirk);
		Iterator<S3Object> objects = template(east, west).listAll("").iterator();
		List<String> keys = new ArrayList<>(List.of(objects.next().key()));

		east.fail();
		objects.forEachRemaining((object) -> keys.add(object.key()));

		assertThat(keys).isEqualTo(KEYS);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "FORGETS_TOKENS")
	void pagesOfAClientTellEachKeyOnceToo(Quirk quirk) {
		ListingStore east = store("east");
		ListingStore west = store("west", quirk);
		List<String> keys = new ArrayList<>();

		for (ListObjectsV2Response page : client(east, west).listObjectsV2Paginator((request) -> request.maxKeys(2))) {
			page.contents().forEach((object) -> keys.add(object.key()));
			east.fail();
		}

		assertThat(keys).isEqualTo(KEYS);
	}

	@Test
	void refusesAListingThatBeginsAgain() {
		ListingStore east = store("east", Quirk.FORGETS_TOKENS);
		Stream<S3Object> objects = template(east, store("west", Quirk.FORGETS_TOKENS)).listAll("");

		assertThatExceptionOfType(SdkClientException.class).isThrownBy(objects::toList)
			.withMessageContaining("cannot continue");
		assertThat(east.requests()).hasSize(2);
	}

	@Test
	void fetchesThePagesThatItsReaderNeeds() {
		ListingStore east = store("east");
		Stream<S3Object> objects = template(east, store("west")).listAll("");
		assertThat(east.requests()).isEmpty();

		Iterator<S3Object> iterator = objects.iterator();
		assertThat(List.of(iterator.next().key(), iterator.next().key())).containsExactly("a", "b");

		assertThat(east.requests()).hasSize(1);
	}

	@Test
	void takesATokenOfUnknownOriginToTheLocationThatKnowsIt() {
		ListingStore east = store("east");
		ListingStore west = store("west");
		FailoverS3Client client = client(east, west);

		ListObjectsV2Response page = client.listObjectsV2((request) -> request.continuationToken("west4"));
		ListObjectsV2Response next = client
			.listObjectsV2((request) -> request.continuationToken(page.nextContinuationToken()));

		assertThat(page.contents()).extracting(S3Object::key).containsExactly("e", "f");
		assertThat(next.contents()).extracting(S3Object::key).containsExactly("g");
		assertThat(east.requests()).hasSize(1);
	}

	@Test
	void tellsTheAnswerWhenNoLocationKnowsAToken() {
		FailoverS3Client client = client(store("east"), store("west"));

		assertThatExceptionOfType(S3Exception.class)
			.isThrownBy(() -> client.listObjectsV2((request) -> request.continuationToken("north2")))
			.satisfies((error) -> assertThat(error.statusCode()).isEqualTo(400));
	}

	@Test
	void keepsWhatElseAPageIsAskedFor() {
		ListingStore east = store("east");
		ListingStore west = store("west");
		FailoverS3Client client = client(east, west);
		ListObjectsV2Response first = client.listObjectsV2((request) -> request.fetchOwner(true)
			.optionalObjectAttributesWithStrings("RestoreStatus")
			.requestPayer("requester")
			.encodingType("url"));
		east.fail();

		client.listObjectsV2((request) -> request.fetchOwner(true)
			.optionalObjectAttributesWithStrings("RestoreStatus")
			.requestPayer("requester")
			.encodingType("url")
			.continuationToken(first.nextContinuationToken()));

		assertThat(west.requests()).singleElement()
			.satisfies((query) -> assertThat(query).containsEntry("start-after", "b")
				.containsEntry("fetch-owner", "true")
				.containsEntry("encoding-type", "url")
				.doesNotContainKey("continuation-token"));
	}

	private ListingStore store(String name, Quirk... quirks) {
		return this.closer.add(ListingStore.start(name, KEYS, quirks));
	}

	private FailoverS3Template template(ListingStore primary, ListingStore secondary) {
		return new FailoverS3Template(client(primary, secondary), null);
	}

	private FailoverS3Client client(ListingStore primary, ListingStore secondary) {
		S3Client east = this.closer.add(EmbeddedS3.client(primary.uri()));
		S3Client west = this.closer.add(EmbeddedS3.client(secondary.uri()));
		return this.closer.add(FailoverS3Client.builder().primary(east, "east").secondary(west, "west").build());
	}

}
